import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link, useSearchParams } from 'wouter';
import type { PublishState } from '../../shared/contract/publish-draft.ts';
import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { useHandle } from '../account/me.ts';
import { Mine } from '../account/mine.tsx';
import { useEndedSession } from '../account/use-signed-in.ts';
import { failureOf } from '../http/call.ts';
import { planQuery } from '../plans/plans-api.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { TryAgain } from '../ui/try-again.tsx';
import styles from './publish.module.css';
import { publishStateQuery } from './publish-api.ts';
import { PublishedBefore } from './published-before.tsx';
import { readKept } from './state/kept-work.ts';
import { Wizard } from './wizard.tsx';

/** `/publish/bundle?plan=<id>`: from a saved plan to a signed bundle in the registry. */
export function PublishPage(): ReactElement {
  const [params] = useSearchParams();
  const planId = params.get('plan') ?? '';
  const handle = useHandle();
  return (
    <Mine
      title="Publish a bundle"
      what="A bundle is published by an account, and signed by its key. Sign in to go on."
    >
      {handle && <Load key={`${handle} ${planId}`} handle={handle} planId={planId} />}
    </Mine>
  );
}

function Load({ handle, planId }: { readonly handle: string; readonly planId: string }): ReactElement {
  const plan = useQuery(planQuery(planId));
  const state = useQuery(publishStateQuery(planId));
  const [round, setRound] = useState(0);
  const anew = (): void => void state.refetch().then(() => setRound(round + 1));
  const error = plan.error ?? state.error;
  useEndedSession(error);
  // The state is read once: from then on the wizard knows better.
  if (plan.data && state.data)
    return <Start key={round} handle={handle} plan={plan.data} state={state.data} onAgain={anew} />;
  if (!error) return <p className="page soft">Loading…</p>;

  const failure = failureOf(error);
  const isAbsent = failure.code === 'not_found';
  const again = () => Promise.all([plan.refetch(), state.refetch()]);
  return (
    <section className="page">
      <h1>{isAbsent ? 'There is no such plan' : 'This plan could not be read'}</h1>
      <FailureNote failure={isAbsent ? NOT_HERE : failure}>
        {!isAbsent && <TryAgain again={again} />}
        <Link href="/me/plans">All plans</Link>
      </FailureNote>
    </section>
  );
}

const NOT_HERE = { code: 'not_found', message: 'It was deleted, or it belongs to another account.' } as const;

interface StartProps {
  readonly handle: string;
  readonly plan: SavedPlan;
  readonly state: PublishState;
  readonly onAgain: () => void;
}

/** A plan that was published before is not begun anew by a look at its address. */
function Start({ handle, plan, state, onAgain }: StartProps): ReactElement {
  const [isBegun, setBegun] = useState(
    () => state.draft !== null || readKept(sessionStorage, { handle, planId: plan.id }) !== undefined,
  );
  if (!isBegun && state.published.length > 0)
    return <PublishedBefore plan={plan} published={state.published} onAnew={() => setBegun(true)} />;
  return (
    <div className={`page ${styles['publish']}`}>
      <Wizard handle={handle} plan={plan} state={state} onAgain={onAgain} />
    </div>
  );
}
