import type { CSSProperties, ReactElement } from 'react';
import { formatSeconds, formatShort, formatUsd, plural } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import { type CallProgress, isBusy, type RunState } from './state/run-state.ts';
import { isTryCall } from './state/try-request.ts';
import styles from './timeline.module.css';

/** Every model call as a bar over the run's time, with its tokens and cost. */
export function Timeline({ run }: { readonly run: RunState }): ReactElement {
  const busy = isBusy(run.status);
  const now = useNow(busy, 250);
  const endMs = Math.max(
    (run.endedAt ?? now) - run.startedAt,
    ...run.calls.map(({ startedMs, ms }) => startedMs + (ms ?? 0)),
    1,
  );
  const names = new Map(run.plan?.items.map(({ id, name }) => [id, name]));

  return (
    <section className="sheet pad" aria-labelledby="timeline-title">
      <div className="row titled">
        <h2 id="timeline-title">Where time and money go</h2>
        <span className="small soft num aside">{plural(run.calls.length, 'call')}</span>
      </div>
      {/* as: a custom property, which React's types do not know */}
      <ol className={`num ${styles['timeline']}`} style={{ '--end': endMs } as CSSProperties}>
        {run.calls.map((call) => (
          <Bar key={call.call} call={call} name={names.get(call.item ?? '')} endMs={endMs} />
        ))}
      </ol>
    </section>
  );
}

interface BarProps {
  readonly call: CallProgress;
  readonly name: string | undefined;
  readonly endMs: number;
}

function Bar({ call, name, endMs }: BarProps): ReactElement {
  const { state, usage, startedMs, waitSeconds, thinkingTokens } = call;
  const lasts = call.ms ?? Math.max(0, endMs - startedMs);
  const thinks = thinkingTokens === undefined ? '' : `thinks ${formatShort(thinkingTokens)}`;
  const tokens = usage ? formatShort(usage.inputTokens + usage.outputTokens) : thinks;
  return (
    <li
      className={styles['timeline-call']}
      data-state={state}
      style={{ '--start': startedMs, '--lasts': lasts } as CSSProperties /* as: custom properties */}
    >
      <span className={styles['call']}>
        {verbOf(call)} {name && <span className="skill-name">{name}</span>}
      </span>
      <span className={styles['track']}>
        <span className={styles['bar-piece']} />
      </span>
      <span className={styles['took']}>
        {state === 'waiting' ? `waits ${waitSeconds ?? ''} s` : formatSeconds(lasts)}
      </span>
      <span className={styles['tokens']}>{tokens}</span>
      <span className={styles['cost']}>
        {usage ? (usage.costUsd === null ? '?' : formatUsd(usage.costUsd)) : ''}
      </span>
    </li>
  );
}

function verbOf({ call, phase }: CallProgress): string {
  if (call.startsWith('file-')) return 'file';
  return isTryCall(call) ? 'try' : VERBS[phase];
}

const VERBS: Record<CallProgress['phase'], string> = {
  classifying: 'classify',
  planning: 'plan',
  drafting: 'draft',
  analyzing: 'critic',
};
