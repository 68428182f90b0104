import type { ReactElement } from 'react';
import { Dialog } from '../../ui/dialog.tsx';

/** Asked before a goal is sent that looks as if it held a key: the goal goes to the provider as it is. */
export function SecretDialog({ onAnswer }: { readonly onAnswer: (send: boolean) => void }): ReactElement {
  return (
    <Dialog title="There seems to be a key in the goal" onClose={() => onAnswer(false)}>
      <p>
        The goal goes to the provider as you typed it, and its drafts may repeat it. A key belongs only into
        the field for it. Nothing was sent yet.
      </p>
      <div className="row actions">
        <button type="button" className="primary" onClick={() => onAnswer(false)}>
          Edit the goal
        </button>
        <button type="button" className="plain" onClick={() => onAnswer(true)}>
          Send anyway
        </button>
      </div>
    </Dialog>
  );
}
