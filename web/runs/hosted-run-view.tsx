import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Link } from 'wouter';
import { type HostedRun, isOver } from '../../shared/contract/hosted.ts';
import { useSignedIn } from '../account/use-signed-in.ts';
import styles from '../hosted/hosted.module.css';
import { cancelHosted, runQuery, runsQuery } from '../hosted/hosted-api.ts';
import { HostedEnd } from '../hosted/hosted-end.tsx';
import { QueuePlace } from '../hosted/queue-place.tsx';
import { RunRecord } from '../hosted/run-record.tsx';
import { useWatchedRun } from '../hosted/use-watched-run.ts';
import { failureOf } from '../http/call.ts';
import { Announcer } from '../run/announcer.tsx';
import { FootBar } from '../run/foot-bar.tsx';
import { RunHead } from '../run/run-head.tsx';
import { isBusy } from '../run/state/run-state.ts';
import { useCancelShortcut } from '../run/use-cancel-shortcut.ts';
import { useRunTitle } from '../run/use-run-title.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { useToast } from '../ui/toast.tsx';
import { RunResult } from './run-result.tsx';
import { useRunPlan } from './use-run-plan.ts';

/** A run on the server's credentials: its place, then the same live phases, then its record. It goes on without this page. */
export function HostedRunView({ record }: { readonly record: HostedRun }): ReactElement {
  const { store, run, queued, place, connected, failure } = useWatchedRun(record);
  const client = useQueryClient();
  const toast = useToast();
  const signedIn = useSignedIn();
  const cancel = useMutation({
    mutationFn: () => signedIn('to cancel this run', () => cancelHosted(record.id)),
    onError: (error) => toast({ text: failureOf(error).message }),
    onSettled: () =>
      Promise.all(
        [runQuery(record.id).queryKey, runsQuery.queryKey].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
  const onCancel = (): void => {
    if (!cancel.isPending) cancel.mutate();
  };
  const busy = isBusy(run.status) && !isOver(record.state);
  const waits = busy && queued;
  useRunTitle(run, waits ? 'In the queue' : 'Run');
  useCancelShortcut(busy, cancel.mutate);

  const result = useRunPlan(record, run);
  const [editing, setEditing] = useState(false);
  const canEdit = !busy && result.saved?.intent && result.tools?.rework;

  return (
    <div className={`page ${styles['hosted']}`} data-busy={busy || undefined}>
      <p className="small">
        <Link href="/me/plans">My plans and runs</Link>
      </p>
      <RunHead
        run={run}
        onCancel={onCancel}
        actions={
          record.planId ? (
            <>
              {canEdit && (
                <button
                  type="button"
                  className="plain"
                  aria-expanded={editing}
                  onClick={() => setEditing(!editing)}
                >
                  Edit plan
                </button>
              )}
              <Link className="plain strong" href={`/me/plans/${record.planId}`}>
                Open plan
              </Link>
            </>
          ) : (
            <Link className="plain" href="/compose">
              New plan
            </Link>
          )
        }
      />
      {waits && <QueuePlace place={place} attempts={record.attempts} />}
      {busy && !waits && (
        <p className="small soft">
          Runs on this server. You may close this page: it goes on, and ends in My plans.
        </p>
      )}
      {busy && !connected && (
        <p className="small soft" role="status">
          The connection is down; the run goes on. Connecting again…
        </p>
      )}
      {failure && <FailureNote failure={failure} />}
      {/* the last event is here before the record, which alone knows how it ended */}
      {isOver(record.state) && (
        <HostedEnd record={record} failure={run.failure ?? record.failure ?? undefined} />
      )}
      <RunResult
        record={record}
        watched={{ store, run, busy }}
        result={result}
        editing={editing}
        onClose={() => setEditing(false)}
      />
      <RunRecord record={record} plan={result.shown.plan} />
      {busy && <FootBar run={run} onCancel={onCancel} />}
      <Announcer run={run} queued={waits} />
    </div>
  );
}
