/**
 * What a run has spent: reported usage of ended calls, estimates of running ones. Knows no clock and no prices. Tokens that a model thinks
 * without writing are known only at the end of its call, so that a cap can be exceeded by that much.
 */
import type { Caps } from '../../contract/run-request.ts';
import { addUsage, NO_USAGE, type Usage } from '../../contract/usage.ts';
import type { ModelCall } from '../ask.ts';
import { estimateTokens } from './estimate-tokens.ts';

/** USD for that many tokens of the run's model; null: no price is known. */
export type EstimateUsd = (inputTokens: number, outputTokens: number) => number | null;

/** How often a streaming run looks at its total, in estimated output tokens. */
export const STEP_TOKENS = 100;

/**
 * The account of one call. `write` counts text as an estimate while it arrives; `settle` replaces the estimate by what the provider
 * reported.
 */
export interface Tab {
  write(delta: string): void;
  settle(usage: Usage): void;
}

/** The sums of a run over all its calls, ended and running ones. */
export interface Ledger {
  open(call: ModelCall): Tab;
  total(): Usage;
  /** The cap that the total is above. */
  exceeded(): keyof Caps | undefined;
}

/** `onStep` is called about every `STEP_TOKENS` that the model writes, over all calls. */
export function createLedger(caps: Caps, estimateUsd: EstimateUsd, onStep: () => void): Ledger {
  let settled = NO_USAGE;
  let open = 0;
  let inputTokens = 0;
  let outputTokens = 0;
  let sinceStep = 0;

  const total = (): Usage => {
    if (open === 0) return settled;
    const input = Math.round(inputTokens);
    const output = Math.round(outputTokens);
    return addUsage(settled, {
      inputTokens: input,
      outputTokens: output,
      costUsd: estimateUsd(input, output),
      estimated: true,
    });
  };

  return {
    open: (call) => {
      const prompt = estimateTokens(call.system) + estimateTokens(call.user);
      let written = 0;
      open += 1;
      inputTokens += prompt;
      return {
        write: (delta) => {
          const tokens = estimateTokens(delta);
          written += tokens;
          outputTokens += tokens;
          sinceStep += tokens;
          if (sinceStep < STEP_TOKENS) return;
          sinceStep = 0;
          onStep();
        },
        settle: (usage) => {
          open -= 1;
          inputTokens -= prompt;
          outputTokens -= written;
          settled = addUsage(settled, usage);
        },
      };
    },
    total,
    exceeded: () => {
      // Looking up a price takes 30 µs, and this runs at every step.
      if (caps.costUsd === undefined && caps.tokens === undefined) return undefined;
      const usage = total();
      // A provider may report tokens whose price is not known. The cap then holds by the estimate.
      const costUsd = usage.costUsd ?? estimateUsd(usage.inputTokens, usage.outputTokens) ?? 0;
      if (caps.costUsd !== undefined && costUsd > caps.costUsd) return 'costUsd';
      if (caps.tokens !== undefined && usage.inputTokens + usage.outputTokens > caps.tokens) return 'tokens';
      return undefined;
    },
  };
}
