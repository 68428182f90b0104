import { part } from '../../chunks/part.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Asked before a goal is sent that looks as if it held a key; seldom, so in a chunk of its own. */
export const SecretDoubt = part(
  () => import('./secret-dialog.tsx'),
  (module) => module.SecretDialog,
  {
    frame: (problem, { onAnswer }) => (
      <Dialog title="There seems to be a key in the goal" onClose={() => onAnswer(false)}>
        {problem}
      </Dialog>
    ),
  },
);
