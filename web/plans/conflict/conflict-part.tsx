import { part } from '../../chunks/part.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** The conflict dialog, which few ever need, in a chunk of its own. */
export const ConflictPart = part(
  () => import('./conflict-dialog.tsx'),
  ({ ConflictDialog }) => ConflictDialog,
  {
    frame: (problem, { onClose }) => (
      <Dialog title="This plan was changed elsewhere" onClose={onClose}>
        {problem}
      </Dialog>
    ),
  },
);
