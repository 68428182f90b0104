import { type ReactElement, useEffect, useRef } from 'react';
import type { Usage } from '../../shared/contract/usage.ts';
import { addUsage } from '../../shared/contract/usage.ts';
import { formatSeconds, formatTokens, formatUsd } from '../ui/format.ts';
import { KeyIcon } from '../ui/icons.tsx';
import { useNow } from '../ui/use-now.ts';
import { PhaseBar } from './phase-bar.tsx';
import { planInWords } from './plan-words.ts';
import styles from './run-head.module.css';
import { isBusy, type RunState, titleOf } from './state/run-state.ts';
import { waitInWords } from './wait-words.ts';

interface RunHeadProps {
  readonly run: RunState;
  readonly onCancel: () => void;
  /** What can be done with a run that is over: download, redo, start over. */
  readonly actions: ReactElement;
}

/** Title, progress, numbers; and Cancel while the run lasts. */
export function RunHead({ run, onCancel, actions }: RunHeadProps): ReactElement {
  const busy = isBusy(run.status);
  const head = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const cancelHadFocus = useRef(false);
  useEffect(() => {
    // The button that had the focus is gone: the heading says what became of the run.
    if (!busy && cancelHadFocus.current) title.current?.focus();
    cancelHadFocus.current = false;
  }, [busy]);

  useEffect(() => {
    // In one column the answer begins below the form: show it when a run begins. With the next frame, which is laid out anyway.
    if (!busy || !matchMedia('(max-width: 860px)').matches) return undefined;
    const handle = requestAnimationFrame(() => head.current?.scrollIntoView({ block: 'start' }));
    return () => cancelAnimationFrame(handle);
  }, [busy]);

  return (
    <div className={`sheet pad ${styles['run-head']}`} data-testid="run" data-status={run.status} ref={head}>
      <div className={`row ${styles['top-row']}`}>
        <h1 ref={title} tabIndex={-1} dir="auto">
          {titleOf(run)}
        </h1>
        {busy ? (
          <>
            <button
              type="button"
              className={`plain stop ${styles['wide-only']}`}
              onFocus={() => {
                cancelHadFocus.current = true;
              }}
              onBlur={() => {
                cancelHadFocus.current = false;
              }}
              onClick={onCancel}
            >
              Cancel <kbd>Esc</kbd>
            </button>
            {/* On a phone Cancel is in the bar below; the place is kept for the buttons that come at the end. */}
            <p className={`small soft ${styles['phone-note']}`}>
              What is written stays in this tab, however the run ends.
            </p>
          </>
        ) : (
          <span className="row actions">{actions}</span>
        )}
      </div>
      <div className={styles['progress']} data-busy={busy || undefined}>
        <PhaseBar run={run} />
        <div className="row small soft num">
          {run.status === 'done' && <span className="good">Done</span>}
          <Numbers run={run} />
          <span className={`aside ${styles['planned']}`}>{planInWords(run)}</span>
        </div>
        {busy && <Meanwhile run={run} />}
      </div>
      {busy && <RateLimitWait run={run} />}
    </div>
  );
}

/** On a phone bar and numbers are at the window's foot until the end. What stands in their place here is as tall as they are. */
function Meanwhile({ run }: { readonly run: RunState }): ReactElement {
  return (
    <div className={`small soft ${styles['meanwhile']}`}>
      {run.asked && (
        <p>
          {run.asked.model} at {run.asked.host}
        </p>
      )}
      <p className="num">{planInWords(run) || 'The plan comes first, then the drafts.'}</p>
      {run.turnedAt !== undefined && (
        <p className={`row ${styles['turned']}`}>
          <KeyIcon size={14} /> The server has your key until the run ends.
        </p>
      )}
    </div>
  );
}

function RateLimitWait({ run }: { readonly run: RunState }): ReactElement | null {
  const words = waitInWords(run, useNow(true, 500));
  return words === undefined ? null : (
    <p className="small soft num" data-testid="rate-limit-wait">
      {words}
    </p>
  );
}

interface NumbersProps {
  readonly run: RunState;
  /** In one short line: the cost, or where no price is known the tokens. */
  readonly short?: boolean;
}

/** Time, tokens and cost of the run so far, or of the whole run when it has ended. */
export function Numbers({ run, short = false }: NumbersProps): ReactElement {
  const now = useNow(isBusy(run.status), 200);
  const { saved } = run;
  // A plan that was opened from the account has no time of its own.
  const isOpened = saved !== undefined && run.endedAt === run.startedAt;
  return (
    <>
      {!isOpened && <span>{formatSeconds((run.endedAt ?? now) - run.startedAt)}</span>}
      {short ? <ShortUsage usage={run.usage} /> : <UsageWords usage={run.usage} earlier={run.earlier} />}
    </>
  );
}

function ShortUsage({ usage }: { readonly usage: Usage | undefined }): ReactElement | null {
  if (!usage) return null;
  const { inputTokens, outputTokens, costUsd, estimated } = usage;
  const amount = costUsd === null ? `${formatTokens(inputTokens + outputTokens)} tokens` : formatUsd(costUsd);
  return (
    <span>
      {estimated && 'about '}
      {amount}
    </span>
  );
}

function UsageWords({
  usage,
  earlier,
}: {
  readonly usage: Usage | undefined;
  readonly earlier: Usage | undefined;
}): ReactElement | null {
  if (!usage) return null;
  const about = usage.estimated ? 'about ' : '';
  return (
    <>
      <span>
        {about}
        {formatTokens(usage.inputTokens + usage.outputTokens)} tokens
      </span>
      <span>{usage.costUsd === null ? formatUsd(null) : about + formatUsd(usage.costUsd)}</span>
      {earlier && usage.costUsd !== null && (
        <span>{formatUsd(addUsage(usage, earlier).costUsd)} with the runs before</span>
      )}
    </>
  );
}
