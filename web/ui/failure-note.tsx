import type { ReactElement, ReactNode } from 'react';
import type { Failure } from '../../shared/contract/failure.ts';
import { SaidFold } from './said-fold.tsx';

interface FailureNoteProps {
  readonly failure: Failure;
  /** What was kept, in a sentence. */
  readonly kept?: string;
  /** The button for the next step. */
  readonly children?: ReactNode;
}

/** What did not work, what was kept, and what to do; calm, where it happened. */
export function FailureNote({ failure, kept, children }: FailureNoteProps): ReactElement {
  return (
    <div className="note-bad" role="alert">
      <p>{failure.message}</p>
      <SaidFold said={failure.said === undefined ? [] : [failure.said]} />
      {kept && <p className="soft small">{kept}</p>}
      {children && <div className="row actions">{children}</div>}
    </div>
  );
}
