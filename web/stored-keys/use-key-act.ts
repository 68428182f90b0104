import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSignedIn } from '../account/use-signed-in.ts';
import { type Action, useAction } from '../http/use-action.ts';
import { storedKeysQuery } from './stored-keys-api.ts';

/** Does one thing with a stored key, and has the list asked for again, whatever came of it. */
export function useKeyAct(): Action {
  const { busy, failure, run } = useAction();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const runAndLook = useCallback(
    async (work: () => Promise<void>): Promise<boolean> => {
      const wentWell = await run(() => signedIn('to change stored keys', work));
      await client.invalidateQueries({ queryKey: storedKeysQuery.queryKey });
      return wentWell;
    },
    [run, client, signedIn],
  );
  return { busy, failure, run: runAndLook };
}
