import { type ReactElement, useState } from 'react';
import { useSignedIn } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { useAction } from '../http/use-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { discardDraft } from './publish-api.ts';
import type { WizardTools } from './use-wizard.ts';

interface DiscardProps {
  readonly tools: WizardTools;
  /** It is gone, here and on the server. */
  readonly onDone: () => void;
}

/** Ends the work without publishing; the plan stays as it is. */
export function Discard({ tools, onDone }: DiscardProps): ReactElement {
  const [open, setOpen] = useState(false);
  const { busy, failure, run } = useAction();
  const signedIn = useSignedIn();
  const discard = (): void =>
    void run(async () => {
      await signedIn('to discard this', () => discardDraft(tools.plan.id)).catch((error: unknown) => {
        // nothing was saved yet, or another tab was first
        if (failureOf(error).code !== 'not_found') throw error;
      });
      tools.forget();
      onDone();
    });
  return (
    <>
      <button type="button" className="link small" onClick={() => setOpen(true)}>
        Discard
      </button>
      {open && (
        <Dialog title="Discard this work?" onClose={() => setOpen(false)}>
          <p>
            What you changed here since you began goes, and cannot be brought back. The plan stays as it is.
          </p>
          {failure && <FailureNote failure={failure} />}
          <div className="row actions">
            <button type="button" className="plain stop" aria-disabled={busy} onClick={discard}>
              {busy ? 'Discarding…' : 'Discard'}
            </button>
            <button type="button" className="plain" onClick={() => setOpen(false)}>
              Keep it
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
