import { type ReactElement, useState } from 'react';
import type { BundleInfo } from '../../../shared/contract/registry.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { DeprecateDialog } from './deprecate-dialog.tsx';
import { SummaryDialog } from './summary-dialog.tsx';
import { TransferDialog } from './transfer-dialog.tsx';
import { useChange } from './use-change.ts';

/** For its author: hide, deprecate, describe anew, transfer. What was signed stays as it is. */
export function Manage({ bundle }: { readonly bundle: BundleInfo }): ReactElement {
  const [open, setOpen] = useState<'deprecate' | 'summary' | 'transfer'>();
  const { busy, failure, send } = useChange(bundle);
  const { version, standing, workspace } = bundle;
  const isHidden = standing !== undefined && standing.hiddenAt !== null;
  const isDeprecated = standing !== undefined && standing.deprecation !== null;
  const close = (): void => setOpen(undefined);
  return (
    <section className="sheet pad" aria-labelledby="manage-title">
      <h2 id="manage-title">Manage</h2>
      <p className="small soft">
        You see this because you may change it. What is signed stays as it is; for new content publish a new
        version.
        {workspace && (
          <>
            {' '}
            It is in the workspace <span dir="auto">{workspace.name}</span> ({workspace.slug}).
          </>
        )}
      </p>
      <div className="row actions">
        <button
          type="button"
          className="plain"
          aria-disabled={busy}
          onClick={() =>
            void send(
              { version, hidden: !isHidden },
              isHidden
                ? `Everybody sees ${version} again, as before.`
                : `Only your workspace sees ${version} now.`,
            )
          }
        >
          {isHidden ? `Show ${version} again` : `Hide ${version}`}
        </button>
        {isDeprecated ? (
          <button
            type="button"
            className="plain"
            aria-disabled={busy}
            onClick={() => void send({ deprecated: null }, 'It is no longer deprecated.')}
          >
            Take back the deprecation
          </button>
        ) : (
          <button type="button" className="plain" onClick={() => setOpen('deprecate')}>
            Deprecate…
          </button>
        )}
        <button type="button" className="plain" onClick={() => setOpen('summary')}>
          Edit summary…
        </button>
        <button type="button" className="plain" onClick={() => setOpen('transfer')}>
          Transfer…
        </button>
      </div>
      {failure && <FailureNote failure={failure} />}
      {open === 'deprecate' && <DeprecateDialog bundle={bundle} onClose={close} />}
      {open === 'summary' && <SummaryDialog bundle={bundle} onClose={close} />}
      {open === 'transfer' && <TransferDialog bundle={bundle} onClose={close} />}
    </section>
  );
}
