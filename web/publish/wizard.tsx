import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useEffect, useRef } from 'react';
import { Link, useLocation } from 'wouter';
import { PUBLISH_STEPS, type PublishStep } from '../../shared/contract/publish-draft.ts';
import { publishDraftsQuery } from '../plans/publish-drafts.ts';
import { useSettled } from '../ui/use-settled.ts';
import { Conflict } from './conflict.tsx';
import { Discard } from './discard.tsx';
import { PlanChanged } from './plan-changed.tsx';
import styles from './publish.module.css';
import { PublishedView } from './published-view.tsx';
import { SaveState } from './save-state.tsx';
import { DraftsStep } from './steps/drafts-step.tsx';
import { FindingsStep } from './steps/findings-step.tsx';
import { ItemsStep } from './steps/items-step.tsx';
import { LICENCES, NameStep } from './steps/name-step.tsx';
import { PublishStepView } from './steps/publish-step.tsx';
import { SignStep } from './steps/sign-step.tsx';
import { TryLinks } from './try/try-links.tsx';
import { useWizard, type WizardProps, type WizardTools } from './use-wizard.ts';

const TITLES: Readonly<Record<PublishStep, string>> = {
  items: 'Skills',
  drafts: 'Drafts',
  findings: 'Findings',
  name: 'Name',
  sign: 'Sign',
  publish: 'Publish',
};

const STEPS: Readonly<Record<PublishStep, (props: { readonly tools: WizardTools }) => ReactElement>> = {
  items: ItemsStep,
  drafts: DraftsStep,
  findings: FindingsStep,
  name: NameStep,
  sign: SignStep,
  publish: PublishStepView,
};

export function Wizard(props: WizardProps): ReactElement {
  const tools = useWizard(props);
  const { work, step, plan, published } = tools;
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const leave = (): void => {
    void client.invalidateQueries({ queryKey: publishDraftsQuery.queryKey });
    navigate(`/me/plans/${plan.id}`);
  };
  const title = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    // not at load: the page's own title comes first
    if (shown.current !== step) title.current?.focus();
    shown.current = step;
  }, [step]);
  useEffect(() => {
    document.title = `Publish ${plan.title} · Oneturn`;
  }, [plan.title]);
  if (published) return <PublishedView bundle={published} plan={plan} />;

  const Step = STEPS[step];
  return (
    <>
      <p className="small">
        <Link href={`/me/plans/${plan.id}`}>{plan.title}</Link>
      </p>
      <header className={styles['head']}>
        <div className="row titled">
          <h1>
            Publish <span className="skill-name">{work.name}</span>
          </h1>
          <SaveState tools={tools}>
            <Discard tools={tools} onDone={leave} />
          </SaveState>
        </div>
        <StepList tools={tools} />
      </header>
      <PlanChanged tools={tools} />
      <section className={styles['step']} aria-labelledby="step-title">
        <h2 id="step-title" ref={title} tabIndex={-1}>
          {TITLES[step]}
        </h2>
        <Step tools={tools} />
      </section>
      <Foot tools={tools} />
      <TryLinks planId={plan.id} />
      <datalist id="publish-licences">
        {LICENCES.map((licence) => (
          <option key={licence} value={licence} />
        ))}
      </datalist>
      <Conflict tools={tools} onAgain={props.onAgain} />
    </>
  );
}

const WAIT_TOLD_MS = 700;

/** Those that are done, and the first that is not, can be gone to. */
function StepList({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { step, reached, go } = tools;
  return (
    <nav aria-label="Steps">
      <ol className={styles['steps']}>
        {PUBLISH_STEPS.map((one, at) => (
          <li key={one} data-done={at < reached || undefined}>
            <button
              type="button"
              aria-current={one === step ? 'step' : undefined}
              disabled={at > reached}
              onClick={() => go(one)}
            >
              <span className="num">{at + 1}</span> {TITLES[one]}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Foot({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { step, fault, go } = tools;
  const at = PUBLISH_STEPS.indexOf(step);
  const told = useSettled(fault?.isPending ? fault.message : '', WAIT_TOLD_MS);
  const [before, next] = [PUBLISH_STEPS[at - 1], PUBLISH_STEPS[at + 1]];
  return (
    <footer className={styles['foot']}>
      {before && (
        <button type="button" className="plain" onClick={() => go(before)}>
          Back
        </button>
      )}
      {/* Always there, so that a reason that comes is read out. */}
      <p id="next-reason" className="small soft" role="status">
        {next && !fault?.isPending && fault?.message}
        {/* What is being found out is for the eye alone: nobody wants to hear it at every key stroke. */}
        {next && fault?.isPending && <span aria-hidden="true">{told}</span>}
      </p>
      {next && (
        <button
          type="button"
          className="primary"
          aria-disabled={fault !== undefined}
          aria-describedby="next-reason"
          onClick={() => fault === undefined && go(next)}
        >
          Next: {TITLES[next]}
        </button>
      )}
    </footer>
  );
}
