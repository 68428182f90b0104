import type { ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import { rememberGoal } from '../ask/use-ask.ts';
import { EndSheet } from '../run/end-sheet.tsx';
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
    <EndSheet
      tone={isFailed ? 'bad' : 'calm'}
      title={isFailed ? adviseOn(failure).title : 'Cancelled'}
      message={isFailed ? failure.message : endInWords(record)}
      said={failure?.said === undefined ? [] : [failure.said]}
      kept={keptInWords(record)}
    >
      {record.planId && (
        <Link className="plain strong" href={`/me/plans/${record.planId}`}>
          Open plan
        </Link>
      )}
      <button type="button" className={record.planId ? 'plain' : 'plain strong'} onClick={withOwnKey}>
        Plan it with my own key
      </button>
    </EndSheet>
  );
}

function keptInWords({ planId, forPlan }: HostedRun): string {
  if (forPlan?.result === 'offered') return 'The plan is as it was.';
  if (planId === null) return 'Nothing was written yet. The goal is kept.';
  return forPlan
    ? 'What was done until then is in the plan, with the drafts from before.'
    : 'What was done until then is kept as a plan; it can be resumed.';
}

function endInWords({ startedAt }: HostedRun): string {
  if (startedAt === null) return 'It was taken out of the queue before it began. Nothing was used.';
  return 'The call to the provider was ended. What it had used by then is counted.';
}
