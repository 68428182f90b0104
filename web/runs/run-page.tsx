import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import { Mine } from '../account/mine.tsx';
import { useEndedSession } from '../account/use-signed-in.ts';
import { runQuery } from '../hosted/hosted-api.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import { HostedRunView } from './hosted-run-view.tsx';

/** The page `/runs/<id>`: a run on this server, watched live or read afterwards. */
export function RunPage(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  return (
    <Mine title="A run on this server" what="Sign in to watch the runs that you started.">
      <OneRun key={id} id={id} />
    </Mine>
  );
}

function OneRun({ id }: { readonly id: string }): ReactElement {
  const { data, error, isPending, refetch } = useQuery(runQuery(id));
  useEndedSession(error);
  if (data) return <HostedRunView record={data} />;
  if (isPending) return <p className="page soft">Loading…</p>;

  const failure = failureOf(error);
  const isGone = failure.code === 'not_found';
  return (
    <section className="page">
      <h1>{isGone ? 'There is no such run' : 'This run could not be read'}</h1>
      <FailureNote failure={isGone ? NOT_HERE : failure}>
        {!isGone && <TryAgain again={refetch} />}
        <Link href="/me/plans">My plans and runs</Link>
      </FailureNote>
    </section>
  );
}

const NOT_HERE = {
  code: 'not_found',
  message: 'It belongs to another account, or its record is gone.',
} as const;
