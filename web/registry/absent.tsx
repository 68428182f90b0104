import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Failure } from '../../shared/contract/failure.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';

interface AbsentProps {
  readonly what: 'bundle' | 'skill';
  readonly error: unknown;
  readonly onAgain: () => unknown;
}

/** In place of a bundle or a skill that is not there, or could not be read. */
export function Absent({ what, error, onAgain }: AbsentProps): ReactElement {
  const failure = failureOf(error);
  const isFinal = failure.code === 'not_found' || failure.code === 'forbidden';
  return (
    <section className="page">
      <h1>{titleOf(failure, what)}</h1>
      <FailureNote failure={failure}>
        {!isFinal && <TryAgain again={onAgain} />}
        <Link href="/registry">Go to the registry</Link>
      </FailureNote>
    </section>
  );
}

/** What was taken down is refused, with the operator's reason. */
function titleOf({ code }: Failure, what: AbsentProps['what']): string {
  if (code === 'not_found') return `There is no such ${what}`;
  if (code === 'forbidden') return `This ${what} was taken down`;
  return `This ${what} could not be read`;
}
