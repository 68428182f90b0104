import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import { Mine } from '../account/mine.tsx';
import { useEndedSession } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import { PlanContent } from './plan-content.tsx';
import { planQuery } from './plans-api.ts';

/** The page `/me/plans/<id>`: one saved plan, to read, change, export and go on with. */
export function PlanPage(): ReactElement {
  const { id = '' } = useParams<{ id: string }>();
  return (
    <Mine title="A saved plan" what="Sign in to see the plans that you saved.">
      <OnePlan key={id} id={id} />
    </Mine>
  );
}

function OnePlan({ id }: { readonly id: string }): ReactElement {
  const { data, error, isPending, refetch } = useQuery(planQuery(id));
  useEndedSession(error);
  if (data) return <PlanContent plan={data} />;
  if (isPending) return <p className="page soft">Loading…</p>;

  const failure = failureOf(error);
  return (
    <section className="page">
      <h1>{failure.code === 'not_found' ? 'There is no such plan' : 'This plan could not be read'}</h1>
      <FailureNote failure={failure.code === 'not_found' ? NOT_HERE : failure}>
        {failure.code !== 'not_found' && <TryAgain again={refetch} />}
        <Link href="/me/plans">All plans</Link>
      </FailureNote>
    </section>
  );
}

const NOT_HERE = { code: 'not_found', message: 'It was deleted, or it belongs to another account.' } as const;
