import { type ReactElement, useEffect, useRef, useState } from 'react';
import { useToast } from '../ui/toast.tsx';
import { SAMPLE_GOALS } from './sample-goals.ts';
import { SampleResult } from './sample-result.tsx';
import styles from './sample-view.module.css';

interface SampleViewProps {
  /** What the form holds. */
  readonly goal: string;
  /** Puts the sample's goal into the form. */
  readonly onGoal: (goal: string) => void;
  readonly onClose: () => void;
}

/** Goals to begin with, and what came out of each: recorded runs, with who wrote them said. */
export function SampleView({ goal, onGoal, onClose }: SampleViewProps): ReactElement {
  const [chosen, setChosen] = useState(SAMPLE_GOALS[0]);
  const toast = useToast();
  const take = (next: string): void => {
    onGoal(next);
    if (goal.trim() !== '' && goal !== next)
      toast({ text: 'The sample’s goal is in place of yours.', undo: () => onGoal(goal) });
  };
  const title = useRef<HTMLHeadingElement>(null);
  // What was pressed to come here is gone.
  useEffect(() => title.current?.focus(), []);
  return (
    <>
      <section className="sheet pad" aria-labelledby="sample-title">
        <div className="row titled">
          <h1 id="sample-title" ref={title} tabIndex={-1}>
            Sample results
          </h1>
          <button type="button" className="plain aside" onClick={onClose}>
            Close
          </button>
        </div>
        <p className="small soft">
          This is a sample: recorded runs of this engine, to look at. The built-in sandbox wrote them by
          rules, without a model; with your key a model writes them for your goal.
        </p>
        <fieldset className={styles['goals']}>
          <legend className="hidden">Goal of the sample</legend>
          {SAMPLE_GOALS.map((sample) => (
            <button
              key={sample.id}
              type="button"
              className="plain"
              aria-pressed={sample === chosen}
              onClick={() => setChosen(sample)}
            >
              {sample.label}
            </button>
          ))}
        </fieldset>
        {chosen && (
          <div className={styles['goal']}>
            <p dir="auto">{chosen.goal}</p>
            <button type="button" className="plain strong" onClick={() => take(chosen.goal)}>
              Use this goal
            </button>
          </div>
        )}
      </section>
      {/* anew for each: the last one's drafts do not stand under this one's goal while it is fetched */}
      {chosen && <SampleResult key={chosen.id} id={chosen.id} />}
    </>
  );
}
