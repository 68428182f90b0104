import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useSignedIn } from '../account/use-signed-in.ts';
import { type Action, useAction } from '../http/use-action.ts';
import { useToast } from '../ui/toast.tsx';
import { workspacesQuery } from './workspaces-api.ts';

/** Does one thing with a workspace, has the page ask again what has become of it, and says so. */
export function useWorkspaceAct(): Omit<Action, 'run'> & {
  readonly run: (work: () => Promise<void>, done: string) => Promise<boolean>;
} {
  const { busy, failure, run } = useAction();
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const toast = useToast();
  const runAndTell = useCallback(
    async (work: () => Promise<void>, done: string): Promise<boolean> => {
      const wentWell = await run(() => signedIn('to change the workspace', work));
      // after a refusal too: somebody else may have changed it meanwhile
      await client.invalidateQueries({ queryKey: workspacesQuery.queryKey });
      if (wentWell) toast({ text: done });
      return wentWell;
    },
    [run, client, signedIn, toast],
  );
  return { busy, failure, run: runAndTell };
}
