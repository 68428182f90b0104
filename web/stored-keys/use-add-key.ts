import { useQueryClient } from '@tanstack/react-query';
import { type RefObject, useRef, useState } from 'react';
import type { Failure } from '../../shared/contract/failure.ts';
import { toSite } from '../../shared/contract/run-limits.ts';
import type { ProviderInfo, ServerConfig } from '../../shared/contract/server-config.ts';
import type { StoredKey } from '../../shared/contract/vault/stored-key.ts';
import type { KeyHandle } from '../ask/key/key-field.tsx';
import { hintOnKey } from '../ask/key/seal-key.ts';
import { type KeyPanelState, useKeyPanel } from '../ask/key/use-key-panel.ts';
import { currentConfig } from '../config/server-config.ts';
import { addKey } from './add-key.ts';
import { storedKeysQuery } from './stored-keys-api.ts';
import { checkModel, type Wish, wishProblem } from './wish.ts';

/** What the form knows around the key's field. The key itself is in none of it. */
export interface AddKey {
  readonly providers: readonly ProviderInfo[];
  readonly provider: ProviderInfo | undefined;
  readonly wish: Wish;
  readonly change: (part: Partial<Wish>) => void;
  readonly handle: RefObject<KeyHandle | null>;
  readonly panel: KeyPanelState;
  readonly busy: boolean;
  /** What kept it from being stored: at a field, or what the server said. */
  readonly failure: Failure | undefined;
  /** What was stored last, and what was taken off around the key. */
  readonly added: { readonly key: StoredKey; readonly notices: readonly string[] } | undefined;
  readonly submit: (workspace: string) => Promise<void>;
}

const unchecked = async () => ({ state: 'idle' as const });

export function useAddKey(config: ServerConfig): AddKey {
  const providers = config.providers.filter(({ key }) => key !== 'none');
  const [wish, setWish] = useState<Wish>({ provider: providers[0]?.id ?? '', name: '', site: '' });
  const provider = providers.find(({ id }) => id === wish.provider);
  const handle = useRef<KeyHandle>(null);
  const panel = useKeyPanel(handle, provider, unchecked);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [added, setAdded] = useState<AddKey['added']>();
  const client = useQueryClient();

  const submit = async (workspace: string): Promise<void> => {
    const { current } = handle;
    if (busy || !current || !provider) return;
    setAdded(undefined);
    setBusy(true);
    try {
      const problem = wishProblem(wish, provider) ?? (await keyProblem(current, provider));
      setFailure(problem);
      if (problem) return;
      const { name, site } = wish;
      const body = { workspace, name: name.trim(), provider: provider.id, model: checkModel(wish, provider) };
      const done = await addKey({
        wish: site === '' ? body : { ...body, site: toSite(site) },
        take: current.take,
        currentConfig: () => currentConfig(client),
      });
      if (done.ok) {
        setAdded(done);
        setWish({ ...wish, name: '' });
      } else setFailure(done.failure);
      await client.invalidateQueries({ queryKey: storedKeysQuery.queryKey });
    } finally {
      setBusy(false);
    }
  };
  const change = (part: Partial<Wish>): void => {
    setFailure(undefined);
    setWish({ ...wish, ...part });
  };
  return { providers, provider, wish, change, handle, panel, busy, failure, added, submit };
}

/** Looked at where it is: what cannot be a key stays in the field, to be mended. */
async function keyProblem(field: KeyHandle, provider: ProviderInfo): Promise<Failure | undefined> {
  const hint = await hintOnKey(field.peek, provider).catch(() => undefined);
  if (hint === undefined || hint.state === 'fine') return undefined;
  const message =
    hint.state === 'empty' ? `Paste a key of ${provider.name}.` : (hint.message ?? 'This is no key.');
  return { code: 'invalid_field', field: 'key', message };
}
