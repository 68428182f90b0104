import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { setMe } from '../config/server-config.ts';
import { failureOf } from '../http/call.ts';
import { becomeNobody } from './me.ts';
import { useAskSignIn } from './sign-in-region.tsx';

/** Does `work` for a signed-in person. `reason` is the sentence that the sign-in dialog shows. */
export type SignedIn = <T>(reason: string, work: () => Promise<T>) => Promise<T>;

/** Does what needs an account; when the session has ended meanwhile, asks to sign in and does it then. */
export function useSignedIn(): SignedIn {
  const ask = useAskSignIn();
  const client = useQueryClient();
  return useCallback<SignedIn>(
    async (reason, work) => {
      try {
        return await work();
      } catch (error) {
        if (failureOf(error).code !== 'unauthenticated') throw error;
        if (await ask(reason)) return work();
        setMe(client, null);
        throw error;
      }
    },
    [ask, client],
  );
}

/** A session that ended elsewhere: the page learns it from the first answer, and asks to sign in. */
export function useEndedSession(error: unknown): void {
  const client = useQueryClient();
  const ended = error !== null && failureOf(error).code === 'unauthenticated';
  useEffect(() => {
    if (ended) becomeNobody(client);
  }, [ended, client]);
}
