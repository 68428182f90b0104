import { type FormEvent, type ReactElement, useState } from 'react';
import { answerQuestions } from '../../shared/compose/plan/answer-questions.ts';
import { type Intent, type Plan, SKILL_NAME } from '../../shared/contract/plan.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useRedraft } from '../hosted/use-redraft.ts';
import { useAction } from '../http/use-action.ts';
import { useWritePlan } from '../plans/use-plan-tools.ts';
import { PlanEditor } from '../run/review/plan-editor.tsx';
import { QuestionList } from '../run/review/question-list.tsx';
import styles from '../run/review/review.module.css';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import { type EditedPlan, itemsToDraft, keptDrafts } from './draft-again.ts';

interface PlanRedraftProps {
  readonly saved: SavedPlan;
  readonly plan: Plan;
  readonly intent: Intent;
  readonly onClose: () => void;
}

/** The plan of a run on this server, to be changed and drafted again: what the change touches is written anew, the rest stays. */
export function PlanRedraft({ saved, plan, intent, onClose }: PlanRedraftProps): ReactElement {
  const [edited, setEdited] = useState<EditedPlan>({ plan, intent, all: false });
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({});
  const { on, start } = useRedraft();
  const write = useWritePlan();
  const { busy, failure, run } = useAction();
  const items = itemsToDraft(saved, edited);
  const unfit = edited.plan.items.find(({ action, name }) => action === 'create' && !SKILL_NAME.test(name));
  const isSame = items.length === 0 && edited.plan === plan;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (busy || unfit || isSame) return;
    const { all: _chosen, ...redraft } = edited;
    void run(async () => {
      if (items.length > 0)
        return start(saved, { ...redraft, items: items.map(({ id }) => ({ id })) }, 'kept');
      const kept = await write(saved, { plan: edited.plan, ...keptDrafts(saved, edited.plan) });
      if (kept) onClose();
    });
  };
  return (
    <form className="sheet pad" aria-labelledby="redraft-title" noValidate onSubmit={submit}>
      <h2 id="redraft-title">Edit the plan</h2>
      <p className="small soft">
        What you change is written anew on this server{on && `, with ${on}`}; the other drafts stay.
      </p>
      <QuestionList
        questions={intent.questions ?? []}
        answers={answers}
        onAnswer={(id, answer) => {
          const next = { ...answers, [id]: answer };
          setAnswers(next);
          setEdited((before) => ({ ...before, intent: answerQuestions(intent, next) }));
        }}
      />
      <PlanEditor
        plan={edited.plan}
        intent={intent}
        offers={[]}
        onPlan={(change) => setEdited((before) => ({ ...before, plan: change(before.plan) }))}
      />
      {unfit && (
        <p className="small bad" role="alert">
          {unfit.name === '' ? 'A skill has no name.' : `${unfit.name} is no name that clients take.`}
        </p>
      )}
      {failure && <FailureNote failure={failure} />}
      <label className={`small ${styles['right-away']}`}>
        <input
          type="checkbox"
          checked={edited.all}
          onChange={({ target }) => setEdited((before) => ({ ...before, all: target.checked }))}
        />
        Also those that did not change
      </label>
      <div className="row actions">
        <button type="submit" className="plain strong" aria-disabled={busy || isSame || unfit !== undefined}>
          {labelOf(items.length, isSame, busy)}
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Leave it as it is
        </button>
      </div>
    </form>
  );
}

function labelOf(count: number, isSame: boolean, busy: boolean): string {
  if (busy) return 'Sending the plan…';
  if (isSame) return 'Nothing is changed yet';
  return count === 0 ? 'Keep this plan' : `Draft ${plural(count, 'skill')} again`;
}
