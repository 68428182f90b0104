import { useQueryClient } from '@tanstack/react-query';
import type { ChangeBundle } from '../../../shared/contract/author/curation.ts';
import { ACCOUNT_QUERY } from '../../account/me.ts';
import { useSignedIn } from '../../account/use-signed-in.ts';
import { type Action, useAction } from '../../http/use-action.ts';
import { useToast } from '../../ui/toast.tsx';
import { changeBundle, transferBundle, type Whose } from './curation-api.ts';

export interface Change extends Omit<Action, 'run'> {
  /** Sends it, shows the pages as they are then, and says `done`. */
  readonly send: (change: ChangeBundle, done: string) => Promise<boolean>;
}

export interface Transfer extends Omit<Action, 'run'> {
  /** Sends it, shows the pages as they are then, and says where the bundle is. */
  readonly send: (target: { readonly slug: string; readonly name: string }) => Promise<boolean>;
}

/** By which another workspace gets a published bundle. */
export function useTransfer(bundle: Whose): Transfer {
  const { run, ...state } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const toast = useToast();
  const send: Transfer['send'] = ({ slug, name }) =>
    run(async () => {
      await signedIn('to transfer what you published', () => transferBundle(bundle, { workspace: slug }));
      toast({
        text: `${bundle.name} is in the workspace ${name} now. Private versions are seen there alone.`,
      });
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
    });
  return { ...state, send };
}

/** What an author changes about a published bundle. */
export function useChange(bundle: Whose): Change {
  const { run, ...state } = useAction();
  const signedIn = useSignedIn();
  const client = useQueryClient();
  const toast = useToast();
  const send: Change['send'] = (change, done) =>
    run(async () => {
      await signedIn('to change what you published', () => changeBundle(bundle, change));
      await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
      toast({ text: done });
    });
  return { ...state, send };
}
