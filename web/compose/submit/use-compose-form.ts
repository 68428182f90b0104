import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { chosenModel } from '../../ask/choice.ts';
import type { KeyHandle } from '../../ask/key/key-field.tsx';
import { type KeyPanelState, useKeyPanel } from '../../ask/key/use-key-panel.ts';
import { type AskState, useAsk } from '../../ask/use-ask.ts';
import { loadChunk } from '../../chunks/load-chunk.ts';
import type { Compose } from '../session/open-compose.ts';
import { type Submit, useSubmit } from './use-submit.ts';

/** All that the form holds and does. The key is in none of it: `handle` reaches its field, and reads it when asked to. */
export interface ComposeFormState {
  readonly ask: AskState;
  readonly submit: Submit;
  readonly panel: KeyPanelState;
  readonly handle: RefObject<KeyHandle | null>;
}

/** The form's state, for the page and for what starts a run from elsewhere on it. `config` is undefined until the server told it. */
export function useComposeForm(compose: Compose, config: ServerConfig | undefined): ComposeFormState {
  const { currentConfig } = compose;
  const ask = useAsk(config);
  const { provider, choice } = ask;
  const handle = useRef<KeyHandle>(null);
  const submit = useSubmit(compose, ask, handle);

  const runCheck = useCallback(async () => {
    if (!provider || !handle.current) return { state: 'idle' as const };
    const site = provider.site ? choice.sites[provider.id] : undefined;
    const { checkKey } = await loadChunk(() => import('../../ask/key/check-key.ts'));
    return checkKey({
      provider,
      model: chosenModel(provider, choice),
      site,
      peek: handle.current.peek,
      currentConfig,
    });
  }, [provider, choice, currentConfig]);
  const panel = useKeyPanel(handle, provider, runCheck);

  const { clearProblem } = submit;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a problem is shown until anything in the form changes
  useEffect(clearProblem, [ask.goal, ask.choice, ask.cap, panel.typed, clearProblem]);
  return { ask, submit, panel, handle };
}
