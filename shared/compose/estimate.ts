/** USD per million tokens; null: not known. */
export interface Prices {
  readonly inputUsd: number | null;
  readonly outputUsd: number | null;
}

/** What a run may take, as a range. Money is null when a price is not known: unknown is never 0. */
export interface RunEstimate {
  readonly lowTokens: number;
  readonly highTokens: number;
  readonly lowUsd: number | null;
  readonly highUsd: number | null;
}

/** Tokens of one call beside the goal: what the prompts and the shortlist have, and what models answer. */
interface CallSize {
  readonly input: number;
  readonly output: number;
}

const CLASSIFY: CallSize = { input: 1100, output: 350 };
const PLAN: CallSize = { input: 2600, output: 900 };
const DRAFT: CallSize = { input: 1900, output: 1500 };
const CRITIC: CallSize = { input: 2800, output: 350 };

/** A short goal gives few skills and no second drafts; a wide one gives seven, half of them written twice. */
const LOW = { skills: 2, redrafts: 0, charsPerToken: 4 };
const HIGH = { skills: 7, redrafts: 3, charsPerToken: 2.2 };

/** Before a run: what it will take, from the goal's length and how runs usually go. Every call has the goal in its prompt. */
export function estimateRun(goalChars: number, prices: Prices): RunEstimate {
  const low = total(goalChars, LOW);
  const high = total(goalChars, HIGH);
  return {
    lowTokens: low.input + low.output,
    highTokens: high.input + high.output,
    lowUsd: cost(low, prices),
    highUsd: cost(high, prices),
  };
}

function total(goalChars: number, { skills, redrafts, charsPerToken }: typeof LOW): CallSize {
  const goal = Math.ceil(goalChars / charsPerToken);
  const calls = [CLASSIFY, PLAN, ...Array.from({ length: skills + redrafts }, () => [DRAFT, CRITIC]).flat()];
  return {
    input: calls.reduce((sum, { input }) => sum + input + goal, 0),
    output: calls.reduce((sum, { output }) => sum + output, 0),
  };
}

function cost({ input, output }: CallSize, { inputUsd, outputUsd }: Prices): number | null {
  if (inputUsd === null || outputUsd === null) return null;
  return (input * inputUsd + output * outputUsd) / 1_000_000;
}
