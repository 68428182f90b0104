import type { ReactElement, SubmitEvent } from 'react';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useChange } from './use-change.ts';

interface BundleDialogProps {
  readonly bundle: BundleInfo;
  readonly onClose: () => void;
}

/** Asks what to take instead. All versions that there are become deprecated; one that is published later is not. */
export function DeprecateDialog({ bundle, onClose }: BundleDialogProps): ReactElement {
  const { busy, failure, send } = useChange(bundle);
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [successor, note] = ['successor', 'note'].map((name) => String(form.get(name) ?? '').trim());
    const deprecated = { ...(successor && { successor }), ...(note && { note }) };
    void send({ deprecated }, `${bundle.name} is deprecated.`).then((done) => done && onClose());
  };
  const atSuccessor = failure?.field === 'deprecated.successor';
  return (
    <Dialog title={`Deprecate ${bundle.name}?`} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={submit}>
        <p>
          It stays installable. Lists have it last, pages and clients say that it is deprecated, and no new
          plan reuses its skills. You can take it back.
        </p>
        <TextField
          label="Use instead (optional)"
          name="successor"
          placeholder="publisher/bundle"
          maxLength={104}
          problem={atSuccessor ? failure?.message : undefined}
        />
        <TextField label="Why, in a sentence (optional)" name="note" maxLength={300} />
        {failure && !atSuccessor && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="plain" aria-disabled={busy}>
            {busy ? 'Deprecating…' : 'Deprecate'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
