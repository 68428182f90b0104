import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import { rememberGoal } from '../ask/use-ask.ts';
import { adviseOn } from '../run/failure-advice.ts';

/** What became of a run that did not come to its end, what was kept, and the next step. */
export function HostedEnd({
  record,
  failure,
}: {
  readonly record: HostedRun;
  readonly failure: Failure | undefined;
}): ReactElement | null {
  const [, navigate] = useLocation();
  if (record.state === 'done') return null;
  const isFailed = record.state === 'failed' && failure !== undefined;
  const withOwnKey = (): void => {
    rememberGoal(record.goal);
    navigate('/compose');
  };
  return (
    <section
      className="sheet pad end"
      data-tone={isFailed ? 'bad' : 'calm'}
      role={isFailed ? 'alert' : undefined}
    >
      <h2>{isFailed ? adviseOn(failure).title : 'Cancelled'}</h2>
      <p>{isFailed ? failure.message : endInWords(record)}</p>
      <p className="soft small">
        {record.planId
          ? 'What was done until then is kept as a plan; it can be resumed.'
          : 'Nothing was written yet. The goal is kept.'}
      </p>
      <div className="row actions">
        {record.planId && (
          <Link className="plain strong" href={`/me/plans/${record.planId}`}>
            Open plan
          </Link>
        )}
        <button type="button" className={record.planId ? 'plain' : 'plain strong'} onClick={withOwnKey}>
          Plan it with my own key
        </button>
      </div>
    </section>
  );
}

function endInWords({ startedAt }: HostedRun): string {
  if (startedAt === null) return 'It was taken out of the queue before it began. Nothing was used.';
  return 'The call to the provider was ended. What it had used by then is counted.';
}
