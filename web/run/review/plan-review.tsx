import { type FormEvent, type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import { answerQuestions } from '../../../shared/compose/plan/answer-questions.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { type Intent, type Plan, SKILL_NAME } from '../../../shared/contract/plan.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { KeyIcon } from '../../ui/icons.tsx';
import { useNow } from '../../ui/use-now.ts';
import type { ReviewEdits, RunState } from '../state/run-state.ts';
import { PlanEditor } from './plan-editor.tsx';
import { QuestionList } from './question-list.tsx';
import styles from './review.module.css';

/** What the page does while a plan waits for its review. */
export interface ReviewActions {
  /** Somebody looks at it: the clock stops for three minutes. False: the server did not hear of it. */
  readonly onTouch: () => Promise<boolean>;
  /** What is changed stays with the run, so that it outlives this component. */
  readonly onEdit: (change: (edits: ReviewEdits) => ReviewEdits) => void;
  /** Undefined: it is being drafted. Otherwise what is wrong with the plan, or with the way to the server. */
  readonly onDraft: () => Promise<Failure | undefined>;
  readonly rightAway: boolean;
  readonly onRightAway: (rightAway: boolean) => void;
}

interface PlanReviewProps extends ReviewActions {
  readonly review: NonNullable<RunState['review']>;
  readonly plan: Plan;
  readonly intent: Intent | undefined;
  /** A key of the user's waits with the run. */
  readonly keyed: boolean;
}

/** The pause after planning: the plan to be changed, questions to be answered, and the clock that goes on without either. */
export function PlanReview(props: PlanReviewProps): ReactElement {
  const { review, intent, keyed, rightAway, onTouch, onEdit, onDraft, onRightAway } = props;
  const { plan, answers } = review.edits ?? { plan: props.plan, answers: {} };
  const [failure, setFailure] = useState<Failure>();
  const [sending, setSending] = useState(false);
  const touched = useRef(false);

  const touch = async (): Promise<void> => {
    if (touched.current || review.touched) return;
    touched.current = true;
    touched.current = await onTouch();
  };
  const draft = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    const unfit = plan.items.find(({ action, name }) => action === 'create' && !SKILL_NAME.test(name));
    if (unfit) return setFailure(nameProblem(unfit.name));
    setSending(true);
    setFailure(undefined);
    setFailure(await onDraft());
    setSending(false);
  };
  return (
    <form
      className={`sheet pad ${styles['review']}`}
      aria-labelledby="review-title"
      noValidate
      onSubmit={(event) => void draft(event)}
      onFocus={() => void touch()}
      onPointerDown={() => void touch()}
      onInput={() => void touch()}
      onKeyDown={keepEscape}
    >
      <div className="row titled">
        <h2 id="review-title">Look at the plan</h2>
        <TimeLeft until={review.until} touched={review.touched} />
      </div>
      <p className="small soft">
        Nothing is written yet.{' '}
        {review.touched ? 'The clock waits for you.' : 'Touch anything and it waits for you.'}
      </p>
      {keyed && (
        <p className={`small ${styles['key-line']}`}>
          <KeyIcon size={15} /> Your key stays in this server’s memory while the plan waits, three minutes at
          most. Cancel or close the tab and it is wiped.
        </p>
      )}
      <QuestionList
        questions={intent?.questions ?? []}
        answers={answers}
        onAnswer={(id, answer) => onEdit((edits) => withAnswer(edits, intent, id, answer))}
      />
      <PlanEditor
        plan={plan}
        intent={intent}
        offers={review.offers}
        onPlan={(change) => onEdit((edits) => ({ ...edits, plan: change(edits.plan) }))}
      />
      {failure && <FailureNote failure={failure} />}
      <div className="row actions">
        <button type="submit" className="primary" aria-disabled={sending}>
          {sending ? 'Sending the plan…' : 'Draft now'}
        </button>
        <label className={`small ${styles['right-away']}`}>
          <input type="checkbox" checked={rightAway} onChange={({ target }) => onRightAway(target.checked)} />
          Draft right away the next time
        </label>
      </div>
    </form>
  );
}

function withAnswer(edits: ReviewEdits, intent: Intent | undefined, id: string, answer: string): ReviewEdits {
  const answers = { ...edits.answers, [id]: answer };
  return { ...edits, answers, intent: intent && answerQuestions(intent, answers) };
}

function TimeLeft({ until, touched }: { readonly until: number; readonly touched: boolean }): ReactElement {
  const now = useNow(true, 500);
  const seconds = Math.max(0, Math.round((until - now) / 1000));
  const left = touched
    ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    : `${seconds} s`;
  return (
    <span className="small num aside" role="timer" data-testid="review-left">
      Goes on by itself in {left}
    </span>
  );
}

function nameProblem(name: string): Failure {
  const message =
    name === ''
      ? 'A skill has no name. Give it one.'
      : `${name} is no name that clients take: letters, digits and single hyphens inside.`;
  return { code: 'invalid_field', message };
}

/** Esc in a field is not meant for the run: it would cancel it, and the edits with it. */
function keepEscape(event: KeyboardEvent): void {
  const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key === 'Escape' && inField) event.preventDefault();
}
