import { type RefObject, useCallback, useEffect, useState } from 'react';
import type { ModelInfo, ProviderInfo } from '../../../shared/contract/server-config.ts';
import { failureOf } from '../../http/call.ts';
import type { KeyHandle } from './key-field.tsx';
import { hintOnKey, type KeyHint, preloadSealing } from './seal-key.ts';
import type { Taken } from './take-pasted.ts';

/** What became of "Check my key". Typing resets it, but for the models that a key may use. */
export interface KeyCheck {
  readonly state: 'idle' | 'checking' | 'works' | 'problem';
  readonly message?: string | undefined;
  /** What the provider said of it. */
  readonly said?: string | undefined;
  /** The models that this key may use, for this tab only. */
  readonly models?: readonly ModelInfo[] | undefined;
}

/** What the panel shows around the key field. The key itself is not in it. */
export interface KeyPanelState {
  readonly holds: boolean;
  /** What is odd about the key, while it is typed. */
  readonly hint: KeyHint | undefined;
  /** How often the field was changed. */
  readonly typed: number;
  readonly check: KeyCheck;
  /** What was taken out of settings that were pasted, until the field is changed again. */
  readonly taken: Taken | undefined;
  readonly onFocus: () => void;
  readonly onHolds: (holds: boolean) => void;
  readonly onTaken: (taken: Taken | undefined) => void;
  readonly onCheck: () => void;
}

const UNCHECKED: KeyCheck = { state: 'idle' };

/** What the panel knows of the key: whether there is one, what is odd about it, what a check said. Never the key. */
export function useKeyPanel(
  handle: RefObject<KeyHandle | null>,
  provider: ProviderInfo | undefined,
  runCheck: () => Promise<KeyCheck>,
): KeyPanelState {
  const [holds, setHolds] = useState(false);
  const [typed, setTyped] = useState(0);
  const [hint, setHint] = useState<KeyHint>();
  const [check, setCheck] = useState(UNCHECKED);
  const [taken, setTaken] = useState<Taken>();
  const [checkedFor, setCheckedFor] = useState(provider?.id);
  if (provider?.id !== checkedFor) {
    setCheckedFor(provider?.id);
    setCheck(UNCHECKED);
  }

  // Stable: another callback would make the field attach anew, and that empties it.
  const onHolds = useCallback((next: boolean) => {
    setHolds(next);
    setTaken(undefined);
    setTyped((count) => count + 1);
    setCheck(({ models }) => (models ? { state: 'idle', models } : UNCHECKED));
  }, []);
  useEffect(() => {
    const { current } = handle;
    setHint(undefined);
    if (typed === 0 || !current || !provider) return;
    let obsolete = false;
    hintOnKey(current.peek, provider).then(
      (next) => {
        if (!obsolete && next.state === 'bad') setHint(next);
      },
      () => {}, // Without the chunk there is no hint. The run itself says what is wrong.
    );
    return () => {
      obsolete = true;
    };
  }, [handle, provider, typed]);

  const onCheck = useCallback(() => {
    setCheck(({ models }) => ({ state: 'checking', models }));
    runCheck().then(setCheck, (error: unknown) =>
      setCheck({ state: 'problem', message: failureOf(error).message }),
    );
  }, [runCheck]);

  return { holds, hint, typed, check, taken, onFocus: preloadSealing, onHolds, onTaken: setTaken, onCheck };
}
