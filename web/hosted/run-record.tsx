import type { ReactElement, ReactNode } from 'react';
import type { HostedRun } from '../../shared/contract/hosted.ts';
import type { Plan } from '../../shared/contract/plan.ts';
import { formatMoment } from '../ui/dates.ts';
import { formatSeconds, formatTokens, formatUsd } from '../ui/format.ts';
import styles from './hosted.module.css';

interface RunRecordProps {
  readonly record: HostedRun;
  readonly plan: Plan | undefined;
}

const STATES: Record<HostedRun['calls'][number]['state'], readonly [string, string]> = {
  running: ['running', 'live'],
  done: ['done', 'ok'],
  failed: ['failed', 'bad'],
  cancelled: ['cancelled', 'warn'],
  unknown: ['unknown', 'warn'],
};

const CREDENTIALS: Record<HostedRun['credentials'], string> = {
  operator: 'this server’s',
  stored: 'a stored key',
  none: 'none needed',
};

/** When each phase and call began, how long it took and what it used: for those who look why. */
export function RunRecord({ record, plan }: RunRecordProps): ReactElement {
  const { phases, calls, attempts, createdAt, startedAt, usage } = record;
  const from = Date.parse(startedAt ?? createdAt);
  const names = new Map(plan?.items.map(({ id, name }) => [id, name]));
  const since = (iso: string): string => `+${formatSeconds(Date.parse(iso) - from)}`;
  return (
    <section className={`sheet pad ${styles['record']}`} aria-labelledby="record-title">
      <h2 id="record-title">Record</h2>
      <dl className="facts-row num">
        {factsOf(record).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {phases.length > 0 && (
        <Wide label="Phases">
          <table className={`num ${styles['phases-table']}`}>
            <caption>Phases</caption>
            <thead>
              <tr>
                <th scope="col">Phase</th>
                {attempts > 1 && <th scope="col">Attempt</th>}
                <th scope="col">Began</th>
                <th scope="col">Took</th>
              </tr>
            </thead>
            <tbody>
              {phases.map(({ phase, attempt, startedAt: began, endedAt }) => (
                <tr key={`${attempt} ${phase} ${began}`}>
                  <th scope="row">{phase}</th>
                  {attempts > 1 && <td>{attempt}</td>}
                  <td>{since(began)}</td>
                  <td>{endedAt ? formatSeconds(Date.parse(endedAt) - Date.parse(began)) : 'not ended'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      {calls.length > 0 && (
        <Wide label="Model calls">
          <table className="num">
            <caption>Model calls</caption>
            <thead>
              <tr>
                <th scope="col">Call</th>
                {attempts > 1 && <th scope="col">Attempt</th>}
                <th scope="col">State</th>
                <th scope="col">Began</th>
                <th scope="col">Took</th>
                <th scope="col">Tokens in</th>
                <th scope="col">Out</th>
                <th scope="col">Cost</th>
              </tr>
            </thead>
            <tbody>
              {calls.map((call) => (
                <tr key={`${call.attempt} ${call.call}`}>
                  <th scope="row">
                    {call.phase}{' '}
                    {call.item && <span className="skill-name">{names.get(call.item) ?? call.item}</span>}
                  </th>
                  {attempts > 1 && <td>{call.attempt}</td>}
                  <td>
                    <span className={`tag ${STATES[call.state][1]}`}>{STATES[call.state][0]}</span>
                  </td>
                  <td>{since(call.startedAt)}</td>
                  <td>{call.ms === null ? '' : formatSeconds(call.ms)}</td>
                  <td>{call.usage && formatTokens(call.usage.inputTokens)}</td>
                  <td>{call.usage && formatTokens(call.usage.outputTokens)}</td>
                  <td>{call.usage && formatUsd(call.usage.costUsd)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Wide>
      )}
      {calls.some(({ state }) => state === 'unknown') && (
        <p className="small soft">
          Unknown: the worker died while the provider answered. That call may have been charged.
        </p>
      )}
      {usage.estimated && <p className="small soft">The numbers are estimated where a call was cut off.</p>}
    </section>
  );
}

/** On a phone a table is wider than the page and scrolls by itself. */
function Wide({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={styles['table']} aria-label={`${label}, as a table`} tabIndex={0}>
      {children}
    </section>
  );
}

function factsOf({
  id,
  state,
  provider,
  model,
  credentials,
  storedKey,
  attempts,
  createdAt,
  startedAt,
  endedAt,
  usage,
}: HostedRun) {
  const at = (iso: string): string => formatMoment(iso);
  const facts: (readonly [string, string])[] = [
    ['State', state],
    ['Provider', `${provider} · ${model}`],
    ['Credentials', storedKey === null ? CREDENTIALS[credentials] : storedInWords(storedKey)],
    ['Queued', at(createdAt)],
  ];
  if (startedAt) facts.push(['Waited', formatSeconds(Date.parse(startedAt) - Date.parse(createdAt))]);
  if (startedAt && endedAt) facts.push(['Ran', formatSeconds(Date.parse(endedAt) - Date.parse(startedAt))]);
  if (attempts > 1) facts.push(['Attempts', String(attempts)]);
  facts.push(
    ['Tokens', formatTokens(usage.inputTokens + usage.outputTokens)],
    ['Cost', formatUsd(usage.costUsd)],
    ['Run', id],
  );
  return facts;
}

/** Which one, and why that one: it stays in the record when the key is gone. */
function storedInWords({ name, lastFour, why }: NonNullable<HostedRun['storedKey']>): string {
  return `“${name}”${lastFour === null ? '' : ` …${lastFour}`}, ${why}`;
}
