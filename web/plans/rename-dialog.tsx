import { useQueryClient } from '@tanstack/react-query';
import { type ReactElement, type SubmitEvent, useState } from 'react';
import * as z from 'zod/mini';
import { MAX_TITLE_CHARS, planTitle, type SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import { useAction } from '../http/use-action.ts';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { TextField } from '../ui/text-field.tsx';
import { ConflictPart } from './conflict/conflict-part.tsx';
import { PLANS_QUERY, patchPlan, planQuery } from './plans-api.ts';

interface RenameDialogProps {
  readonly plan: Pick<SavedPlan, 'id' | 'rev' | 'title'>;
  readonly onClose: () => void;
}

export function RenameDialog({ plan, onClose }: RenameDialogProps): ReactElement {
  const client = useQueryClient();
  const signedIn = useSignedIn();
  const { busy, failure, run } = useAction();
  const [problem, setProblem] = useState<string>();
  /** The title that was asked for last: the field has it again when it comes back from a conflict. */
  const [asked, setAsked] = useState(plan.title);
  const [conflict, setConflict] = useState<SavedPlan>();

  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: PLANS_QUERY });
    void client.invalidateQueries({ queryKey: planQuery(plan.id).queryKey });
  };
  const rename = (title: string, rev: number): Promise<boolean> => {
    setAsked(title);
    return run(async () => {
      const edited = await signedIn('to rename this plan', () => patchPlan(plan.id, rev, { title }));
      refresh();
      if (edited.kind === 'conflict') setConflict(edited.current);
      else onClose();
    });
  };
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const checked = z.safeParse(
      planTitle,
      String(new FormData(event.currentTarget).get('title') ?? '').trim(),
    );
    setProblem(checked.success ? undefined : checked.error.issues[0]?.message);
    if (checked.success) void rename(checked.data, plan.rev);
  };

  if (conflict) {
    return (
      <ConflictPart
        current={conflict}
        edit={{ title: asked }}
        onMine={() => {
          setConflict(undefined);
          void rename(asked, conflict.rev);
        }}
        onTheirs={onClose}
        onClose={() => setConflict(undefined)}
      />
    );
  }
  return (
    <Dialog title="Rename plan" onClose={onClose}>
      <form className="dialog-form" method="post" noValidate onSubmit={submit}>
        <TextField
          label="Title"
          name="title"
          dir="auto"
          defaultValue={asked}
          maxLength={MAX_TITLE_CHARS}
          autoComplete="off"
          problem={problem}
          autoFocus
        />
        {failure && <FailureNote failure={failure} />}
        <div className="row actions">
          <button type="submit" className="primary" aria-disabled={busy}>
            {busy ? 'Renaming…' : 'Rename'}
          </button>
          <button type="button" className="plain" onClick={onClose}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
