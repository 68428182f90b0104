import { type ReactElement, useState } from 'react';
import { Link } from 'wouter';
import { part } from '../chunks/part.tsx';
import { Dialog } from '../ui/dialog.tsx';

const KeyDialog = part(
  () => import('./key-dialog.tsx'),
  (module) => module.KeyDialog,
  {
    frame: (problem, { onClose }) => (
      <Dialog title="What happens to my key" onClose={onClose}>
        {problem}
      </Dialog>
    ),
  },
);
/** Fetches what the link opens before somebody follows it. */
export const warmKeyDialog = KeyDialog.warm;

/** Leads to what happens to the key without leaving the form. In a new tab it is the page `/key`. */
export function KeyLink(): ReactElement {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Link
        className="small aside"
        href="/key"
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        What happens to my key
      </Link>
      {open && <KeyDialog onClose={() => setOpen(false)} />}
    </>
  );
}
