import type { TrialRequest } from '../../contract/evals.ts';
import { estimateTokens } from '../calls/estimate-tokens.ts';
import type { Prices, RunEstimate } from '../estimate.ts';
import { batchesOf } from './choices-to-prompts.ts';

/**
 * The prompts without what is put into them, in tokens, as measured in November 2026. The prompts themselves are not imported: with them
 * the page would load what makes JSON schemas.
 */
const OWN = { evals: 565, choice: 360, task: 200, judgement: 315 } as const;
/** What models usually write, in tokens; of a choice for each message. */
const WRITES = { evals: 1300, choice: 20, task: 600, judgement: 350 } as const;
/** Published skills that are offered too, which only the server knows. */
const CATALOGUE_TOKENS = 500;
/** Other tokenizers, longer answers and thinking. */
const HIGH = 2.2;

/** A task that is not written yet: its prompt, fixture and expectations. */
const USUAL_TASK_TOKENS = 500;
const USUAL_PROMPTS = Array.from({ length: 10 }, (_, index) => `${index} ${'x'.repeat(70)}`);

/** What trying these skills will take, by the length of what will be sent. */
export function estimateTrial(goal: string, { items, others }: TrialRequest, prices: Prices): RunEstimate {
  const offered = tokensOf([...items, ...others].map(({ name, description }) => ({ name, description })));
  let input = 0;
  let output = 0;
  const count = (call: keyof typeof OWN, tokens: number, calls = 1): void => {
    input += OWN[call] + tokens;
    output += WRITES[call] * calls;
  };
  for (const { evals, body, files = [] } of items) {
    const text = estimateTokens(body) + tokensOf(files);
    if (!evals) count('evals', estimateTokens(goal) + offered + estimateTokens(body));
    if (evals && !evals.task) continue;
    const task = evals ? tokensOf(evals.task) : USUAL_TASK_TOKENS;
    count('task', text + task);
    count('judgement', task + WRITES.task);
  }
  const asked = items.map(({ id, evals }) => evals ?? { item: id, load: USUAL_PROMPTS, skip: USUAL_PROMPTS });
  for (const batch of batchesOf(asked)) {
    const messages = tokensOf(batch.map(({ text }, index) => ({ message: index + 1, text })));
    count('choice', offered + CATALOGUE_TOKENS + messages, batch.length);
  }
  const { inputUsd, outputUsd } = prices;
  const usd =
    inputUsd === null || outputUsd === null ? null : (input * inputUsd + output * outputUsd) / 1_000_000;
  const lowTokens = Math.round(input + output);
  return {
    lowTokens,
    highTokens: Math.round(lowTokens * HIGH),
    lowUsd: usd,
    highUsd: usd === null ? null : usd * HIGH,
  };
}

function tokensOf(value: unknown): number {
  return estimateTokens(JSON.stringify(value) ?? '');
}
