import { type ReactElement, useEffect, useMemo, useState } from 'react';
import { failureOf } from '../http/call.ts';
import { DraftList } from '../run/draft/draft-list.tsx';
import { PlanView } from '../run/plan-view.tsx';
import { nextFrame } from '../run/state/framed-value.ts';
import { createRunStore } from '../run/state/run-store.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { loadSample } from './load-sample.ts';
import type { Sample } from './read-sample.ts';

/** The plan and the drafts of a recorded run, to look at: nothing of it can be changed, saved or run again. Each id wants a `key`. */
export function SampleResult({ id }: { readonly id: string }): ReactElement | null {
  const [sample, setSample] = useState<Sample>();
  const [problem, setProblem] = useState<unknown>();
  useEffect(() => {
    let obsolete = false;
    loadSample(id).then(
      (next) => {
        if (!obsolete) setSample(next);
      },
      (error: unknown) => {
        if (!obsolete) setProblem(error);
      },
    );
    return () => {
      obsolete = true;
    };
  }, [id]);
  const store = useMemo(() => {
    const made = createRunStore({ now: Date.now, frame: nextFrame });
    if (sample) made.replace(sample.run);
    return made;
  }, [sample]);

  if (problem !== undefined) return <FailureNote failure={failureOf(problem)} />;
  if (!sample?.run.plan) return null;
  const { plan, intent, drafts, calls } = sample.run;
  return (
    <>
      <PlanView plan={plan} intent={intent} />
      <DraftList store={store} plan={plan} drafts={drafts} calls={calls} busy={false} />
    </>
  );
}
