import type { ReactElement } from 'react';
import type { RunEstimate } from '../../shared/compose/estimate.ts';
import { formatShort, formatTokens, formatUsd } from '../ui/format.ts';
import { CapField, type CapInput } from './cap-field.tsx';
import { LookFirst } from './look-first.tsx';
import type { Problem } from './problem.ts';
import styles from './send-panel.module.css';

interface SendPanelProps {
  readonly estimate: RunEstimate;
  readonly cap: CapInput;
  readonly onCap: (cap: CapInput) => void;
  readonly busy: boolean;
  readonly keyed: boolean;
  /** What keeps the button from working, in a sentence. */
  readonly problem: Problem | undefined;
}

export function SendPanel({ estimate, cap, onCap, busy, keyed, problem }: SendPanelProps): ReactElement {
  return (
    <section className={`sheet pad ${styles['send']}`}>
      <div className="row">
        <p className="small">
          Estimated <b className="num">{estimateInWords(estimate)}</b>
        </p>
        <CapField cap={cap} onCap={onCap} disabled={busy} />
      </div>
      <LookFirst disabled={busy} />
      {/* Not disabled while busy: the focus would be lost. A second press does nothing. */}
      <button type="submit" className="primary" aria-disabled={busy}>
        {labelOf(busy, keyed)}
      </button>
      {problem && (
        <p className="small bad" role="alert">
          {problem.message}
        </p>
      )}
      {problem?.inTokens && (
        <button
          type="button"
          className="plain"
          onClick={() => onCap({ text: String(roundUp(estimate.highTokens)), unit: 'tokens' })}
        >
          Stop at {formatTokens(roundUp(estimate.highTokens))} tokens instead
        </button>
      )}
    </section>
  );
}

/** Two digits that mean something. */
function roundUp(tokens: number): number {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, tokens))) - 1);
  return Math.ceil(tokens / step) * step;
}

function labelOf(busy: boolean, keyed: boolean): string {
  if (busy) return keyed ? 'Planning with your key…' : 'Planning in the sandbox…';
  return keyed ? 'Plan with my key' : 'Plan in the sandbox';
}

/** `$0.04 – 0.11`, or tokens where the price is not known. */
function estimateInWords({ lowUsd, highUsd, lowTokens, highTokens }: RunEstimate): string {
  const tokens = `${formatShort(lowTokens)} – ${formatShort(highTokens)} tokens`;
  if (lowUsd === null || highUsd === null) return `${tokens}, price unknown`;
  return highUsd === 0 ? '$0' : `${formatUsd(lowUsd)} – ${formatUsd(highUsd).slice(1)}`;
}
