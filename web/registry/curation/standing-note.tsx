import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Standing } from '../../../shared/contract/author/curation.ts';
import { formatDay } from '../../ui/dates.ts';

interface StandingNoteProps {
  readonly standing: Standing | undefined;
  readonly what: 'bundle' | 'skill';
}

/** What was done to a published version since, for everyone who sees it; nothing where nothing was. */
export function StandingNote({ standing, what }: StandingNoteProps): ReactElement | null {
  if (standing === undefined) return null;
  const { removal, hiddenAt, deprecation } = standing;
  return (
    <>
      {removal && (
        <p className="note-bad">
          Taken down by the operator on {formatDay(removal.at)}: {removal.reason}
        </p>
      )}
      {hiddenAt !== null && (
        <p className="small">
          <span className="tag warn">hidden</span> Since {formatDay(hiddenAt)} only its workspace sees this
          version of the {what}.
        </p>
      )}
      {deprecation && (
        <p className="small" dir="auto">
          <span className="tag warn">deprecated</span>{' '}
          {deprecation.successor !== null && (
            <>
              Use <Link href={`/b/${deprecation.successor}`}>{deprecation.successor}</Link> instead.{' '}
            </>
          )}
          {deprecation.note}
        </p>
      )}
    </>
  );
}

/** The same in a word, for lists. */
export function StandingTag({ standing }: Pick<StandingNoteProps, 'standing'>): ReactElement | null {
  if (standing === undefined) return null;
  if (standing.removal) return <span className="tag bad">taken down</span>;
  if (standing.hiddenAt !== null) return <span className="tag warn">hidden</span>;
  return <span className="tag warn">deprecated</span>;
}
