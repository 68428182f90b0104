import { useCallback, useRef, useState } from 'react';
import type { Failure } from '../../shared/contract/failure.ts';
import { failureOf } from './call.ts';

/** The state of that one thing: whether it is being done, and how it failed last. */
export interface Action {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Does the work unless it is being done; true when it came to its end. */
  readonly run: (work: () => Promise<void>) => Promise<boolean>;
}

/**
 * One thing that a person does with a form. Not react-query's mutation where the form has a password: its cache would keep the
 * variables for minutes.
 */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const running = useRef(false);

  const run = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setFailure(undefined);
    try {
      await work();
      return true;
    } catch (error) {
      setFailure(failureOf(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  return { busy, failure, run };
}
