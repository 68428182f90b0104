import { type ReactElement, type SubmitEvent, useId } from 'react';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useChange } from './use-change.ts';

interface SummaryDialogProps {
  readonly bundle: BundleInfo;
  readonly onClose: () => void;
}

/** What lists and this page say of a bundle; without one they have the signed description. */
export function SummaryDialog({ bundle, onClose }: SummaryDialogProps): ReactElement {
  const id = useId();
  const { busy, failure, send } = useChange(bundle);
  const { version, description } = bundle;
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('summary') ?? '').trim();
    const summary = text === '' || text === description ? null : text;
    void send({ version, summary }, 'The summary is changed.').then((done) => done && onClose());
  };
  return (
    <Dialog title={`Summary of ${bundle.name} ${version}`} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={submit}>
        <div className="field">
          <label className="label" htmlFor={id}>
            Summary
          </label>
          <textarea
            id={id}
            name="summary"
            rows={4}
            maxLength={1024}
            defaultValue={bundle.summary ?? description}
            aria-describedby={`${id}-note`}
          />
          <p id={`${id}-note`} className="small soft">
            Lists, search and this page show it. Empty: the signed description, which stays in bundle.json as
            it is.
          </p>
        </div>
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="plain" aria-disabled={busy}>
            {busy ? 'Saving…' : 'Save'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
