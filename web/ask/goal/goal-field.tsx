import { type ReactElement, useState } from 'react';
import { MAX_GOAL_CHARS } from '../../../shared/contract/run-limits.ts';
import { formatTokens, plural } from '../../ui/format.ts';
import { useToast } from '../../ui/toast.tsx';
import { EXAMPLES } from './examples.ts';
import styles from './goal-field.module.css';

export const GOAL_ID = 'goal';

interface GoalFieldProps {
  readonly goal: string;
  readonly onGoal: (goal: string) => void;
  readonly locked: boolean;
  readonly problem: string | undefined;
}

/** The goal with its examples. Control characters that a paste brings are removed, and that is said. */
export function GoalField({ goal, onGoal, locked, problem }: GoalFieldProps): ReactElement {
  const toast = useToast();
  const [dropped, setDropped] = useState(0);
  const take = (example: string): void => {
    const isOwn = goal.trim() !== '' && !EXAMPLES.some((known) => known.goal === goal);
    setDropped(0);
    onGoal(example);
    if (isOwn) toast({ text: 'The example is in place of your goal.', undo: () => onGoal(goal) });
  };
  const type = (text: string): void => {
    const clean = withoutControls(text);
    setDropped(clean === text ? 0 : text.length - clean.length || 1);
    onGoal(clean);
  };
  return (
    <section className="sheet pad">
      <div className="field">
        <label className="label" htmlFor={GOAL_ID}>
          Goal
        </label>
        <textarea
          id={GOAL_ID}
          className={styles['goal']}
          rows={4}
          dir="auto"
          value={goal}
          readOnly={locked}
          placeholder="What should the skills do, for whom, and what must never happen?"
          aria-invalid={problem !== undefined}
          aria-describedby="goal-note"
          onChange={(event) => type(event.currentTarget.value)}
        />
      </div>
      <p className="row small soft" id="goal-note">
        {problem ? (
          <span className="bad">{problem}</span>
        ) : (
          <span className="num">
            {formatTokens(goal.length)} of {formatTokens(MAX_GOAL_CHARS)}
            {dropped > 0 && `. Left out ${plural(dropped, 'control character')} that came along.`}
          </span>
        )}
        <span className={styles['shortcut']}>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> plans it
        </span>
      </p>
      <p className={`row small ${styles['examples']}`}>
        <span className="soft">Try</span>
        {EXAMPLES.map((example) => (
          <button
            key={example.label}
            type="button"
            className="link"
            disabled={locked}
            onClick={() => take(example.goal)}
          >
            {example.label}
          </button>
        ))}
      </p>
    </section>
  );
}

/** Line ends of slides and page ends of PDFs: between them is a blank at least. */
const BREAKS = /[\x0b\x0c]/g;
const CONTROLS = /[\x01-\x08\x0e-\x1f\x7f]/g;

/** A pasted text without the control characters that slides and PDFs bring along. With a NUL it is no text, and stays: it is refused. */
function withoutControls(text: string): string {
  return text.includes('\0') ? text : text.replace(BREAKS, '\n').replace(CONTROLS, '');
}
