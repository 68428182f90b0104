import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';

interface AbsentProps {
  readonly what: 'bundle' | 'skill';
  readonly error: unknown;
  readonly onAgain: () => void;
}

/** In place of a bundle or a skill that is not there, or could not be read. */
export function Absent({ what, error, onAgain }: AbsentProps): ReactElement {
  const failure = failureOf(error);
  const isAbsent = failure.code === 'not_found';
  return (
    <section className="page">
      <h1>{isAbsent ? `There is no such ${what}` : `This ${what} could not be read`}</h1>
      <FailureNote failure={failure}>
        {!isAbsent && (
          <button type="button" className="plain" onClick={onAgain}>
            Try again
          </button>
        )}
        <Link href="/registry">Go to the registry</Link>
      </FailureNote>
    </section>
  );
}
