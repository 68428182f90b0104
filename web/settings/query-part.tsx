import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useEndedSession } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';

interface QueryPartProps<T> {
  readonly query: UseQueryResult<T, unknown>;
  readonly children: (data: T) => ReactNode;
}

/** What a query brought; while it waits and when it fails, that. */
export function QueryPart<T>({ query, children }: QueryPartProps<T>): ReactNode {
  const { data, error, refetch } = query;
  useEndedSession(error);
  if (data !== undefined) return children(data);
  if (!error) return <p className="small soft">Loading…</p>;
  return (
    <FailureNote failure={failureOf(error)}>
      <TryAgain again={refetch} />
    </FailureNote>
  );
}
