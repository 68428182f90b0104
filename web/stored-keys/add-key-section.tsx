import { type ReactElement, type SubmitEvent, useRef } from 'react';
import type { ServerConfig } from '../../shared/contract/server-config.ts';
import { BrassPanel } from '../ask/key/brass-panel.tsx';
import { KeyField } from '../ask/key/key-field.tsx';
import { CANNOT_SEAL, canSeal } from '../ask/key/seal-key.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { KeyIcon } from '../ui/icons.tsx';
import { keyInWords } from './key-words.ts';
import styles from './stored-keys.module.css';
import { type AddKey, useAddKey } from './use-add-key.ts';
import { checkCost } from './wish.ts';
import { WishFields } from './wish-fields.tsx';

const KEY_ID = 'stored-key';
const STATUS_ID = 'stored-key-status';
const FIELDS = ['name', 'site', 'model', 'key', 'provider'];

interface AddKeySectionProps {
  readonly config: ServerConfig;
  readonly workspace: string;
}

/** Takes a key once. Brass while the field holds it, as everywhere; afterwards the page has its last four characters. */
export function AddKeySection({ config, workspace }: AddKeySectionProps): ReactElement {
  const add = useAddKey(config);
  const form = useRef<HTMLFormElement>(null);
  const { provider, panel, busy, failure, added } = add;
  const whenEmpty = added ? 'gone' : 'empty';
  const submit = async (event: SubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    await add.submit(workspace);
    // once what is wrong is on the page
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <BrassPanel state={panel.holds ? 'held' : whenEmpty} labelledBy="add-key-title">
      <div className="row titled">
        <KeyIcon size={17} />
        <h2 id="add-key-title">Add a key</h2>
      </div>
      <form
        ref={form}
        className={styles['add']}
        method="post"
        noValidate
        autoComplete="off"
        onSubmit={(event) => void submit(event)}
      >
        <WishFields add={add} />
        <KeyPart add={add} />
        {provider && <p className="small soft num">{checkCost(add.wish, provider)}</p>}
        {failure && !FIELDS.includes(failure.field ?? '') && <FailureNote failure={failure} />}
        <button
          type="submit"
          className={`primary ${styles['start']}`}
          aria-disabled={busy}
          disabled={!canSeal()}
        >
          {busy ? 'Checking and storing…' : 'Store this key'}
        </button>
      </form>
    </BrassPanel>
  );
}

/** The field, and one line below it that is always there. */
function KeyPart({ add }: { readonly add: AddKey }): ReactElement {
  const { provider, providers, panel, handle, busy, failure, added } = add;
  const problem = failure?.field === 'key' ? failure.message : undefined;
  const hint = panel.holds ? panel.hint?.message : undefined;
  const wrong = problem ?? hint;
  return (
    <div className="field">
      <label className="label" htmlFor={KEY_ID}>
        Key
      </label>
      <KeyField
        id={KEY_ID}
        handle={handle}
        disabled={busy}
        describedBy={STATUS_ID}
        wrong={wrong !== undefined}
        placeholder={provider?.keyHint ?? ''}
        onFocus={panel.onFocus}
        onHolds={panel.onHolds}
        providers={provider ? [provider, ...providers.filter(({ id }) => id !== provider.id)] : []}
        onTaken={panel.onTaken}
      />
      <p id={STATUS_ID} className={`small ${wrong ? 'bad' : 'soft'} ${styles['status']}`} role="status">
        {wrong ?? (
          <>
            {!canSeal() && CANNOT_SEAL}
            {panel.taken?.words}
            {!panel.holds && added && <Stored added={added} />}
            {!panel.holds && !added && canSeal() && 'Pasted once: it is sealed here, and not shown again.'}
            {panel.holds && !panel.taken && 'In this tab only, until you press Store this key.'}
          </>
        )}
      </p>
    </div>
  );
}

function Stored({ added: { key, notices } }: { readonly added: NonNullable<AddKey['added']> }): ReactElement {
  return (
    <>
      “{key.name}” works and is stored: <span className="mono">{keyInWords(key)}</span>. This page no longer
      has it. {notices.join(' ')}
    </>
  );
}
