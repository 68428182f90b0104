import { useQuery } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useId } from 'react';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { workspacesQuery } from '../../workspaces/workspaces-api.ts';
import { useTransfer } from './use-change.ts';

interface TransferDialogProps {
  readonly bundle: BundleInfo;
  readonly onClose: () => void;
}

/** Asks which workspace is to have the bundle, and says what that changes. */
export function TransferDialog({ bundle, onClose }: TransferDialogProps): ReactElement {
  const id = useId();
  const { data, error, isPending } = useQuery(workspacesQuery);
  const { busy, failure, send } = useTransfer(bundle);
  const targets = (data ?? []).filter(
    ({ slug, role, paused }) => slug !== bundle.workspace?.slug && role !== 'viewer' && !paused,
  );
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const target = targets.find(({ slug }) => slug === new FormData(event.currentTarget).get('workspace'));
    if (target) void send(target).then((done) => done && onClose());
  };
  return (
    <Dialog title={`Transfer ${bundle.name}?`} onClose={onClose}>
      <form className="dialog-form" noValidate onSubmit={submit}>
        <p>
          All its versions go to the other workspace, with the skills that came with them. Those who run it
          can then hide, deprecate and describe them, its members see the private ones, and the next version
          is published there. Its address, its publisher and its signatures stay. You can transfer it back.
        </p>
        {isPending && <p className="small soft">Loading your workspaces…</p>}
        {error !== null && (
          <p className="small bad">Your workspaces cannot be shown now. Close this and try again.</p>
        )}
        {data && targets.length === 0 && (
          <p className="small">You are in no other workspace in which you may publish.</p>
        )}
        {targets.length > 0 && (
          <div className="field">
            <label className="label" htmlFor={id}>
              To the workspace
            </label>
            <select id={id} name="workspace">
              {targets.map(({ slug, name }) => (
                <option key={slug} value={slug}>
                  {name} ({slug})
                </option>
              ))}
            </select>
          </div>
        )}
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          {targets.length > 0 && (
            <button type="submit" className="plain" aria-disabled={busy}>
              {busy ? 'Transferring…' : 'Transfer'}
            </button>
          )}
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
