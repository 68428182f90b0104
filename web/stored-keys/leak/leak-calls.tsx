import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { type KeyCalls, MAX_CALLS_SHOWN } from '../../../shared/contract/vault/key-leak.ts';
import { QueryPart } from '../../settings/query-part.tsx';
import { formatMoment } from '../../ui/dates.ts';
import { formatTokens, formatUsd, plural } from '../../ui/format.ts';
import styles from './leak.module.css';
import { callsCsvPath, callsQuery } from './leak-api.ts';

interface LeakCallsProps {
  readonly id: string;
  readonly since: string;
}

/** What this server did with the key since then: sums by day, and who called what when. */
export function LeakCalls({ id, since }: LeakCallsProps): ReactElement {
  const query = useQuery(callsQuery(id, since));
  return (
    <QueryPart query={query}>
      {(calls) =>
        calls.count === 0 ? (
          <p>This server made no call on it since then.</p>
        ) : (
          <>
            <Days days={calls.days} />
            <details>
              <summary className="small">
                {calls.count > MAX_CALLS_SHOWN ? `The newest ${MAX_CALLS_SHOWN} of ` : ''}
                {plural(calls.count, 'call')}, with who made them
              </summary>
              <Calls calls={calls.calls} />
            </details>
            <p className="small">
              <a href={callsCsvPath(id, since)} download="calls.csv">
                All {plural(calls.count, 'call')} as CSV
              </a>
            </p>
          </>
        )
      }
    </QueryPart>
  );
}

function Days({ days }: Pick<KeyCalls, 'days'>): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
    <section className={styles['table']} tabIndex={0} aria-label="Calls by day">
      <table className="num small">
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            <th scope="col">Model</th>
            <th scope="col">Calls</th>
            <th scope="col">Tokens in</th>
            <th scope="col">Tokens out</th>
            <th scope="col">Cost here</th>
          </tr>
        </thead>
        <tbody>
          {days.map((one) => (
            <tr key={`${one.day} ${one.model}`}>
              <th scope="row">{one.day}</th>
              <td className="mono">{one.model}</td>
              <td>{formatTokens(one.calls)}</td>
              <td>{formatTokens(one.inputTokens)}</td>
              <td>{formatTokens(one.outputTokens)}</td>
              <td>{formatUsd(one.usd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Calls({ calls }: Pick<KeyCalls, 'calls'>): ReactElement {
  return (
    <ul className={`lines small num ${styles['calls']}`}>
      {calls.map((call, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: calls of one moment differ in nothing else
        <li key={`${call.at} ${index}`}>
          <div>
            {formatMoment(call.at)} · {call.by ?? 'account gone'} · {call.phase} ·{' '}
            <span className="mono">{call.model}</span> · {call.outcome ?? 'no end is known'}
          </div>
          {call.run !== null && <Link href={`/runs/${call.run}`}>Run</Link>}
        </li>
      ))}
    </ul>
  );
}
