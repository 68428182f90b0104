import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { type Action, useAction } from '../http/use-action.ts';
import { useToast } from '../ui/toast.tsx';

/** Does one thing with the policy, and says what came of it. Stored keys and their lists are old then, too. */
export function usePolicyAct(): Omit<Action, 'run'> & {
  readonly run: (work: () => Promise<string>) => Promise<boolean>;
} {
  const { busy, failure, run } = useAction();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();
  const runAndTell = useCallback(
    async (work: () => Promise<string>): Promise<boolean> => {
      const wentWell = await run(async () => {
        toast({ text: await signedIn('to change the policy on stored keys', work) });
      });
      // after a refusal, too: another owner may have changed it meanwhile
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      return wentWell;
    },
    [run, client, signedIn, toast],
  );
  return { busy, failure, run: runAndTell };
}
