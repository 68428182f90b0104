import { useEffect } from 'react';
import { phaseInWords } from './state/phase-words.ts';
import { currentPhase, isBusy, type RunState } from './state/run-state.ts';

/** The tab's title tells how the run goes, for people who look elsewhere meanwhile. */
export function useRunTitle(run: RunState, otherwise = 'Compose'): void {
  const phase = isBusy(run.status) ? currentPhase(run) : undefined;
  const words = phase ? phaseInWords(phase, run) : run.status === 'done' ? 'Done' : otherwise;
  useEffect(() => {
    document.title = `${words} · Oneturn`;
  }, [words]);
  useEffect(
    () => () => {
      document.title = `${otherwise} · Oneturn`;
    },
    [otherwise],
  );
}
