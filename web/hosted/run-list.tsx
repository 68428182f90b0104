import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { type BudgetState, type HostedSummary, isOver } from '../../shared/contract/hosted.ts';
import { formatTime } from '../ui/dates.ts';
import { formatAgo, formatUsd } from '../ui/format.ts';
import styles from './hosted.module.css';
import { runsQuery } from './hosted-api.ts';

/** Runs on this server: those that wait or run, then the newest of the others, which ended as plans or did not. */
export function RunList(): ReactElement | null {
  const { data } = useQuery(runsQuery);
  if (!data || data.runs.length === 0) return null;
  const open = data.runs.filter(({ state }) => !isOver(state));
  const over = data.runs.filter(({ state }) => isOver(state));
  return (
    <section className={styles['runs']} aria-labelledby="runs-title">
      <div className="row titled">
        <h2 id="runs-title">Runs on this server</h2>
        <span className="small soft num aside">{budgetInWords(data.budget)}</span>
      </div>
      {open.length > 0 && <Runs runs={open} />}
      {over.length > 0 && (
        <details className="small">
          <summary>
            Ended <span className="num soft">({over.length})</span>
          </summary>
          <Runs runs={over} />
        </details>
      )}
    </section>
  );
}

function Runs({ runs }: { readonly runs: readonly HostedSummary[] }): ReactElement {
  return (
    <ul className={`sheet lines ${styles['run-lines']}`}>
      {runs.map((run) => {
        const [words, tone] = stateInWords(run);
        return (
          <li key={run.id}>
            <div>
              <Link className={styles['run-goal']} dir="auto" href={`/runs/${run.id}`}>
                {run.goal.trim().split('\n')[0]}
              </Link>
              <p className="small soft num">
                {run.provider} · {run.model} · {formatAgo(Date.now() - Date.parse(run.createdAt))}
              </p>
            </div>
            <span className={`tag num ${tone}`}>{words}</span>
          </li>
        );
      })}
    </ul>
  );
}

function stateInWords({ state, place }: HostedSummary): readonly [string, string] {
  switch (state) {
    case 'queued':
      return [place === null ? 'queued' : `place ${place}`, ''];
    case 'running':
      return ['running', 'live'];
    case 'done':
      return ['done', 'ok'];
    case 'failed':
      return ['failed', 'bad'];
    case 'cancelled':
      return ['cancelled', 'warn'];
  }
}

function budgetInWords({ limitUsd, leftUsd, resetsAt }: BudgetState): string {
  if (limitUsd === null || leftUsd === null) return '';
  const renewed = formatTime(resetsAt);
  return `${formatUsd(leftUsd)} of ${formatUsd(limitUsd)} left today, renewed at ${renewed}`;
}
