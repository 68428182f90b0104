import type { ReactElement } from 'react';
import type { TokenInfo } from '../../shared/contract/account.ts';
import { Dialog } from '../ui/dialog.tsx';

interface RevokeDialogProps {
  readonly token: TokenInfo;
  readonly onRevoke: () => void;
  readonly onClose: () => void;
}

export function RevokeDialog({ token, onRevoke, onClose }: RevokeDialogProps): ReactElement {
  return (
    <Dialog title={`Revoke “${token.name}”?`} onClose={onClose}>
      <p>Whatever uses it is refused from now on. This cannot be undone; a new token is a minute’s work.</p>
      <div className="row actions">
        <button type="button" className="plain stop" onClick={onRevoke}>
          Revoke
        </button>
        <button type="button" className="plain" onClick={onClose}>
          Keep it
        </button>
      </div>
    </Dialog>
  );
}
