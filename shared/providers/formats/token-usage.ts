import { countOf, type Json, jsonOf } from '../read-json.ts';

/** What a provider reports for a call. `inputTokens` includes cached ones, `outputTokens` includes reasoning. */
export interface TokenUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
  /** What the provider itself charged, in USD. Only OpenRouter reports it. */
  readonly costUsd?: number;
}

const MAX_COST_USD = 100_000;

/** `usage` of chat completions; undefined when it cannot be trusted, so that an estimate takes its place. */
export function openAiUsage(value: unknown): TokenUsage | undefined {
  const usage = jsonOf(value);
  const inputTokens = countOf(usage?.['prompt_tokens']);
  const completion = countOf(usage?.['completion_tokens']);
  if (!usage || inputTokens === undefined || completion === undefined) return undefined;
  // Gemini and Grok count reasoning in the total alone, and charge it as output.
  const total = countOf(usage['total_tokens']) ?? 0;
  const outputTokens = Math.max(completion, total - inputTokens);
  return detailed({ inputTokens, outputTokens }, usage, jsonOf(usage['prompt_tokens_details']));
}

/** What chat completions and Responses report alike, beside the two sums: cached tokens, and OpenRouter's price. */
function detailed(
  sums: { readonly inputTokens: number; readonly outputTokens: number },
  usage: Json,
  details: Json | undefined,
): TokenUsage {
  const read = countOf(details?.['cached_tokens']) ?? 0;
  const write = countOf(details?.['cache_write_tokens']) ?? 0;
  const counted = { ...sums, ...cacheOf(sums.inputTokens, read, write) };
  const costUsd = costOf(usage);
  return costUsd === undefined ? counted : { ...counted, costUsd };
}

/**
 * OpenRouter's `cost`. With a key of another provider stored there, `cost` is OpenRouter's fee alone and that provider's price is added.
 */
function costOf(usage: Json): number | undefined {
  const cost = moneyOf(usage['cost']);
  if (cost === undefined || usage['is_byok'] !== true) return cost;
  const upstream = moneyOf(jsonOf(usage['cost_details'])?.['upstream_inference_cost']);
  return upstream === undefined ? undefined : cost + upstream;
}

function moneyOf(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_COST_USD ? value : undefined;
}

/** Anthropic's counts: those of `message_start`, updated by those that a later event repeats. */
export function anthropicUsage(start: Json | undefined, delta: Json | undefined): TokenUsage | undefined {
  const count = (name: string): number | undefined => countOf(delta?.[name] ?? start?.[name] ?? undefined);
  const uncached = count('input_tokens');
  const outputTokens = count('output_tokens');
  const read = absent(start, delta, 'cache_read_input_tokens') ? 0 : count('cache_read_input_tokens');
  const write = absent(start, delta, 'cache_creation_input_tokens')
    ? 0
    : count('cache_creation_input_tokens');
  if (uncached === undefined || outputTokens === undefined || read === undefined || write === undefined)
    return undefined;
  // Unlike OpenAI's, its input_tokens leave the cached ones out.
  const inputTokens = uncached + read + write;
  return { inputTokens, outputTokens, ...cacheOf(inputTokens, read, write) };
}

/** `usage` of Responses; reasoning is in the output, cached tokens are in the input. */
export function responsesUsage(value: unknown): TokenUsage | undefined {
  const usage = jsonOf(value);
  const inputTokens = countOf(usage?.['input_tokens']);
  const outputTokens = countOf(usage?.['output_tokens']);
  if (!usage || inputTokens === undefined || outputTokens === undefined) return undefined;
  return detailed({ inputTokens, outputTokens }, usage, jsonOf(usage['input_tokens_details']));
}

/** Gemini's `usageMetadata`: thoughts are charged as output, and what its own tools brought as input. */
export function geminiUsage(value: unknown): TokenUsage | undefined {
  const usage = jsonOf(value);
  const prompt = countOf(usage?.['promptTokenCount']);
  if (!usage || prompt === undefined) return undefined;
  const inputTokens = prompt + (countOf(usage['toolUsePromptTokenCount']) ?? 0);
  const outputTokens =
    (countOf(usage['candidatesTokenCount']) ?? 0) + (countOf(usage['thoughtsTokenCount']) ?? 0);
  return {
    inputTokens,
    outputTokens,
    ...cacheOf(inputTokens, countOf(usage['cachedContentTokenCount']) ?? 0, 0),
  };
}

/** Bedrock's counts. Like Anthropic's, they leave cached tokens out of the input. */
export function converseUsage(value: unknown): TokenUsage | undefined {
  const usage = jsonOf(value);
  const uncached = countOf(usage?.['inputTokens']);
  const outputTokens = countOf(usage?.['outputTokens']);
  if (!usage || uncached === undefined || outputTokens === undefined) return undefined;
  const read = countOf(usage['cacheReadInputTokens']) ?? 0;
  const write = countOf(usage['cacheWriteInputTokens']) ?? 0;
  const inputTokens = uncached + read + write;
  return { inputTokens, outputTokens, ...cacheOf(inputTokens, read, write) };
}

function absent(start: Json | undefined, delta: Json | undefined, name: string): boolean {
  return (delta?.[name] ?? start?.[name] ?? null) === null;
}

/** More cached tokens than input is a contradiction. All input then counts at the full price. */
function cacheOf(
  input: number,
  cachedTokens: number,
  cacheWriteTokens: number,
): Pick<TokenUsage, 'cachedTokens' | 'cacheWriteTokens'> {
  return cachedTokens + cacheWriteTokens > input ? {} : { cachedTokens, cacheWriteTokens };
}
