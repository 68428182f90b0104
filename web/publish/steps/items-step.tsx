import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { PlanItem } from '../../../shared/contract/plan.ts';
import type { PublishWork } from '../../../shared/contract/publish-draft.ts';
import styles from '../publish.module.css';
import type { WizardTools } from '../use-wizard.ts';

/** What of the plan goes into the bundle. */
export function ItemsStep({ tools }: { readonly tools: WizardTools }): ReactElement {
  const { plan, work, change } = tools;
  const toggle = (item: string, included: boolean): void =>
    change({
      skills: work.skills.map((skill) => (skill.item === item ? { ...skill, included } : skill)),
    });
  return (
    <>
      <p className="small soft">
        A bundle is what others install with one command: your new skills, and published ones that it reuses
        in exactly this version.
      </p>
      <ul className={`sheet ${styles['items']}`}>
        {plan.plan?.items.map((item) => (
          <Item
            key={item.id}
            item={item}
            skill={work.skills.find((one) => one.item === item.id)}
            tools={tools}
            onToggle={(included) => toggle(item.id, included)}
          />
        ))}
      </ul>
      <Evals tools={tools} />
      {(plan.plan?.uncovered.length ?? 0) > 0 && (
        <section className="small">
          <h3>Not covered by this plan</h3>
          <ul className={styles['dashes']}>
            {plan.plan?.uncovered.map(({ capability, need, reason }) => (
              <li key={capability}>
                {need} <span className="soft">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Offered where some skill of the bundle has any. */
function Evals({ tools: { plan, work, change } }: { readonly tools: WizardTools }): ReactElement | null {
  const isThere = work.skills.some(
    ({ item, included, draft }) => included && draft && plan.evals?.some((evals) => evals.item === item),
  );
  if (!isThere) return null;
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={work.withEvals}
        onChange={({ target }) => change({ withEvals: target.checked })}
      />
      <span>
        With their evals: the prompts and the task by which they are tried, and what came of it, as files in{' '}
        <code className="mono">evals/</code> that are signed and installed with them
      </span>
    </label>
  );
}

interface ItemProps {
  readonly item: PlanItem;
  readonly skill: PublishWork['skills'][number] | undefined;
  readonly tools: WizardTools;
  readonly onToggle: (included: boolean) => void;
}

function Item({ item, skill, tools, onToggle }: ItemProps): ReactElement {
  const { pins, plan } = tools;
  const pin = pins?.get(item.id);
  const isReused = item.action === 'reuse';
  const isAbsent = isReused ? pins !== undefined && !pin : !skill?.draft;
  return (
    <li>
      <label className="check">
        <input
          type="checkbox"
          checked={!isAbsent && skill?.included === true}
          disabled={isAbsent}
          onChange={({ target }) => onToggle(target.checked)}
        />
        <span className="skill-name">{skill?.draft?.name || item.name}</span>
        <span className={`tag ${isReused ? '' : 'new'}`}>{isReused ? 'reused' : 'new'}</span>
        {pin && (
          <span className="small soft num">
            {pin.publisher} {pin.version}
          </span>
        )}
      </label>
      <p className="small soft" dir="auto">
        {skill?.draft?.description || item.description}
      </p>
      {isAbsent && (
        <p className="small">
          {isReused ? (
            'Not published here, so that a bundle cannot name it. It stays out.'
          ) : (
            <>
              Not drafted. <Link href={`/compose?plan=${plan.id}`}>Finish it in Compose</Link>, then come
              back.
            </>
          )}
        </p>
      )}
    </li>
  );
}
