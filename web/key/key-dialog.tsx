import type { ReactElement } from 'react';
import { Dialog } from '../ui/dialog.tsx';
import { KeyExplained } from './key-explained.tsx';

/** The same as the page `/key`, over the form: a key that was typed there stays in its field. */
export function KeyDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  return (
    <Dialog title="What happens to my key" wide onClose={onClose}>
      <p>
        It turns once. You paste it, it runs one compose, and then nothing that belongs to Oneturn has it any
        more.
      </p>
      <KeyExplained />
    </Dialog>
  );
}
