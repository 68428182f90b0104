import type { ReactElement } from 'react';
import type { RunEstimate } from '../../../shared/compose/estimate.ts';
import { formatShort, formatTokens, formatUsd } from '../../ui/format.ts';
import type { RunsOn } from '../choice.ts';
import type { AskState, Problem } from '../use-ask.ts';
import { presetCap } from './cap.ts';
import { CapField } from './cap-field.tsx';
import { LookFirst } from './look-first.tsx';
import styles from './send-panel.module.css';

interface SendPanelProps {
  readonly ask: AskState;
  readonly busy: boolean;
  readonly runsOn: RunsOn;
  /** What keeps the button from working, in a sentence. */
  readonly problem: Problem | undefined;
}

/** Estimate, spending limit and the button that starts the run. */
export function SendPanel({ ask, busy, runsOn, problem }: SendPanelProps): ReactElement {
  const { estimate, cap, setCap, setCapUnit } = ask;
  const inTokens = presetCap(estimate, 'tokens');
  return (
    <section className={`sheet pad ${styles['send']}`}>
      <div className="row">
        <p className="small">
          Estimated <b className="num">{estimateInWords(estimate)}</b>
        </p>
        <CapField cap={cap} onCap={setCap} onUnit={setCapUnit} disabled={busy} />
      </div>
      <LookFirst disabled={busy} />
      {ask.takesEffort && <EffortField ask={ask} disabled={busy} />}
      {/* Not disabled while busy: the focus would be lost. A second press does nothing. */}
      <button type="submit" className="primary" aria-disabled={busy}>
        {busy ? BUSY_WORDS[runsOn] : PRESS_WORDS[runsOn]}
      </button>
      {problem && (
        <p className="small bad" role="alert">
          {problem.message}
        </p>
      )}
      {problem?.inTokens && (
        <button type="button" className="plain" onClick={() => setCap(inTokens)}>
          Stop at {formatTokens(Number(inTokens.text))} tokens instead
        </button>
      )}
    </section>
  );
}

/** How long the model thinks about plan and drafts. */
function EffortField({
  ask,
  disabled,
}: {
  readonly ask: AskState;
  readonly disabled: boolean;
}): ReactElement {
  const { effort, ...choice } = ask.choice;
  return (
    <label className={`small ${styles['effort']}`}>
      Thinking
      <select
        value={effort ?? ''}
        disabled={disabled}
        onChange={({ currentTarget: { value } }) =>
          ask.setChoice(value === 'faster' || value === 'better' ? { ...choice, effort: value } : choice)
        }
      >
        <option value="faster">faster, costs less</option>
        <option value="">as the model has it</option>
        <option value="better">better, costs more</option>
      </select>
    </label>
  );
}

const PRESS_WORDS: Readonly<Record<RunsOn, string>> = {
  key: 'Plan with my key',
  'no-key': 'Plan without a key',
  sandbox: 'Plan in the sandbox',
};
const BUSY_WORDS: Readonly<Record<RunsOn, string>> = {
  key: 'Planning with your key…',
  'no-key': 'Planning without a key…',
  sandbox: 'Planning in the sandbox…',
};

/** `$0.04 – $0.11`, or tokens where the price is not known. */
function estimateInWords({ lowUsd, highUsd, lowTokens, highTokens }: RunEstimate): string {
  const tokens = `${formatShort(lowTokens)} – ${formatShort(highTokens)} tokens`;
  if (lowUsd === null || highUsd === null) return `${tokens}, price unknown`;
  return highUsd === 0 ? formatUsd(0) : `${formatUsd(lowUsd)} – ${formatUsd(highUsd)}`;
}
