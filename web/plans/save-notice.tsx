import type { ReactElement } from 'react';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import { ConflictPart } from './conflict/conflict-part.tsx';
import type { Save } from './use-save.ts';

/** Why a plan is not saved yet, and the choice when somebody else was first. */
export function SaveNotice({ save }: { readonly save: Save }): ReactElement | null {
  const { step, press, answer } = save;
  if (step.kind === 'failed') {
    return (
      <FailureNote failure={step.failure} kept="The plan is kept in this tab.">
        <TryAgain again={press} isStrong />
      </FailureNote>
    );
  }
  if (step.kind !== 'conflict') return null;
  return (
    <ConflictPart
      current={step.current}
      edit={step.edit}
      onMine={() => answer('mine')}
      onTheirs={() => answer('theirs')}
      onCopy={() => answer('copy')}
      onClose={() => answer('later')}
    />
  );
}
