import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { type Action, useAction } from '../http/use-action.ts';
import { useToast } from '../ui/toast.tsx';
import { useSignedIn } from './use-signed-in.ts';

/** The state of one thing that needs an account: whether it is being done, how it failed last, and how to do it. */
export interface AccountAct extends Omit<Action, 'run'> {
  /** Does the work; `told` says what came of it, in a sentence for the toast. True when all went well. */
  readonly run: <T>(work: () => Promise<T>, told?: (answer: T) => string) => Promise<boolean>;
}

/**
 * Does one thing that needs an account, has the page ask again for what it changed (`changed`, the beginning of the queries' keys), and
 * says what came of it. `reason` is the sentence that the sign-in dialog shows when the session has ended.
 */
export function useAccountAct(reason: string, changed: QueryKey): AccountAct {
  const { busy, failure, run } = useAction();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();
  const runAndTell = useCallback(
    async <T>(work: () => Promise<T>, told?: (answer: T) => string): Promise<boolean> => {
      let text: string | undefined;
      const wentWell = await run(async () => {
        const answer = await signedIn(reason, work);
        text = told?.(answer);
      });
      // after a refusal, too: somebody else may have changed it meanwhile
      await client.invalidateQueries({ queryKey: changed });
      if (text !== undefined) toast({ text });
      return wentWell;
    },
    [run, client, signedIn, toast, reason, changed],
  );
  return { busy, failure, run: runAndTell };
}
