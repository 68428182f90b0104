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

interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What a call of each phase usually writes, in tokens: progress within a phase is measured by it. */
export const USUAL_OUTPUT = { classifying: 250, planning: 900, drafting: 1400, analyzing: 350 } as const;

/** The engine's own prompts without the goal, as measured in November 2026, and answers as models usually write them. */
const CLASSIFY: Tokens = { input: 900, output: USUAL_OUTPUT.classifying };
const PLAN: Tokens = { input: 2100, output: USUAL_OUTPUT.planning };
const DRAFT_INPUT = 1750;
/** The critic's prompt has the draft in it. */
const CRITIC: Tokens = { input: 1250, output: USUAL_OUTPUT.analyzing };

interface Course {
  readonly drafts: number;
  readonly draftOutput: number;
  readonly charsPerToken: number;
}

/** The low end is two short skills in English, the high end five long ones, one written twice, in a language that takes more tokens. */
const LOW: Course = { drafts: 2, draftOutput: 800, charsPerToken: 4 };
const HIGH: Course = { drafts: 6, draftOutput: 2000, charsPerToken: 2.2 };

/** What a run will take, told before it starts: by the length of the goal, which every call repeats, and the usual course of runs. */
export function estimateRun(goalChars: number, prices: Prices): RunEstimate {
  const low = tokensOf(goalChars, LOW);
  const high = tokensOf(goalChars, HIGH);
  return {
    lowTokens: low.input + low.output,
    highTokens: high.input + high.output,
    lowUsd: cost(low, prices),
    highUsd: cost(high, prices),
  };
}

function tokensOf(goalChars: number, { drafts, draftOutput, charsPerToken }: Course): Tokens {
  const goal = Math.ceil(goalChars / charsPerToken);
  const calls = 2 + 2 * drafts;
  return {
    input: calls * goal + CLASSIFY.input + PLAN.input + drafts * (DRAFT_INPUT + CRITIC.input + draftOutput),
    output: CLASSIFY.output + PLAN.output + drafts * (draftOutput + CRITIC.output),
  };
}

function cost({ input, output }: Tokens, { inputUsd, outputUsd }: Prices): number | null {
  if (inputUsd === null || outputUsd === null) return null;
  return (input * inputUsd + output * outputUsd) / 1_000_000;
}
