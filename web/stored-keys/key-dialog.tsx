import { type ReactElement, type SubmitEvent, useState } from 'react';
import type { StoredKey } from '../../shared/contract/vault/stored-key.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { plural } from '../ui/format.ts';
import { makeDefault, removeKey, revokeKey, storedKeysQuery } from './stored-keys-api.ts';

/** What is asked about before it is done. */
export type KeyAct = 'default' | 'remove' | 'revoke';

interface KeyDialogProps {
  readonly act: KeyAct;
  readonly info: StoredKey;
  readonly provider: string;
  /** How long a replaced default goes on. */
  readonly overlapHours: number;
  readonly onClose: () => void;
}

export function KeyDialog({ act, info, provider, overlapHours, onClose }: KeyDialogProps): ReactElement {
  const { busy, failure, run } = useAccountAct('to change stored keys', storedKeysQuery.queryKey);
  const [oldKey, setOldKey] = useState<'keep' | 'end now'>(overlapHours === 0 ? 'end now' : 'keep');
  const { title, button, words, className } = WORDS[act];

  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const isDone = await run(
      () => doIt(act, info, oldKey),
      (told) => told,
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={title(info.name)} onClose={onClose}>
      <form className="dialog-form" method="post" onSubmit={(event) => void submit(event)}>
        <p>{words(provider)}</p>
        {act === 'default' && overlapHours > 0 && (
          <fieldset>
            <legend className="label">The default until now</legend>
            <label className="check">
              <input type="radio" name="old" checked={oldKey === 'keep'} onChange={() => setOldKey('keep')} />
              <span>stays for {plural(overlapHours, 'hour')}, so that one press goes back</span>
            </label>
            <label className="check">
              <input
                type="radio"
                name="old"
                checked={oldKey === 'end now'}
                onChange={() => setOldKey('end now')}
              />
              <span>ends now, when its runs have ended</span>
            </label>
          </fieldset>
        )}
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className={className} aria-disabled={busy}>
            {busy ? 'One moment…' : button}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Leave it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface Words {
  readonly title: (name: string) => string;
  readonly button: string;
  readonly className: string;
  readonly words: (provider: string) => string;
}

const WORDS: Readonly<Record<KeyAct, Words>> = {
  default: {
    title: (name) => `Make “${name}” the default?`,
    button: 'Make default',
    className: 'primary',
    words: (provider) =>
      `What starts from now on with ${provider} takes this key. Runs under way keep theirs.`,
  },
  remove: {
    title: (name) => `Remove “${name}”?`,
    button: 'Remove',
    className: 'plain stop',
    words: (provider) =>
      `No new run takes it. Runs under way finish on it, and its ciphertext is deleted with the last of them. At ${provider} the key goes on to work: revoke it there, too, if nobody needs it.`,
  },
  revoke: {
    title: (name) => `Revoke “${name}” now?`,
    button: 'Revoke now',
    className: 'plain stop',
    words: (provider) =>
      `Its ciphertext is deleted at once, and runs on it are stopped. If it leaked, that does not help: whoever has it can use it until it is revoked at ${provider}.`,
  },
};

/** What came of it, in a sentence. */
async function doIt(act: KeyAct, { id, name }: StoredKey, oldKey: 'keep' | 'end now'): Promise<string> {
  if (act === 'default') {
    await makeDefault(id, oldKey);
    return `“${name}” is the default now.`;
  }
  if (act === 'remove') {
    await removeKey(id);
    return `“${name}” is removed.`;
  }
  const stopped = await revokeKey(id);
  return `“${name}” is revoked${stopped === 0 ? '' : `, and ${plural(stopped, 'run')} with it`}.`;
}
