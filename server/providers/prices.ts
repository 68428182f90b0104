import { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { ModelInfo } from '../../shared/contract/server-config.ts';
import type { TokenUsage } from '../../shared/providers/formats/token-usage.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';

/** The day on which the bundled price table, @pydantic/genai-prices 0.1.8, was published. */
export const PRICES_DATE = '2026-09-23';

/**
 * USD of that usage; null when it is not known, never 0 for that. What the provider itself says it charged counts more than a table.
 * `answered` is the model that the provider says it was.
 */
export function priceUsd(
  vendor: Vendor,
  model: string,
  usage: TokenUsage,
  answered?: string | null,
): number | null {
  const { table, by } = vendor.prices;
  if (table === 'free') return 0;
  if (usage.costUsd !== undefined) return usage.costUsd;
  if (table === undefined) return null;
  const models = by === 'answered' ? [answered, model] : [model, answered];
  for (const one of models) {
    const price = one ? tablePrice(vendor, table, one, usage) : null;
    if (price !== null) return price;
  }
  return null;
}

/** What a model can hold, prompt and answer together; null: not known. */
export function contextOf({ prices }: Vendor, model: string): number | null {
  const own = prices.models?.find(({ id }) => id === model)?.contextTokens;
  const table = prices.table === 'free' ? undefined : (prices.table ?? prices.offer);
  if (own !== undefined || table === undefined) return own ?? null;
  for (const ending of ['', ...(prices.endings ?? [])]) {
    const found = calcPrice({ input_tokens: 1 }, model + ending, { providerId: table })?.model;
    if (found?.context_window && !isNewerThan(model, found.id)) return found.context_window;
  }
  return null;
}

/**
 * The same for the estimates of a run under way, which are asked for many times a second: by the rates of small amounts, since the
 * table's higher tiers are of one long prompt and a run's total is of many.
 */
export function createEstimate(
  vendor: Vendor,
  model: string,
): (inputTokens: number, outputTokens: number) => number | null {
  const input = priceUsd(vendor, model, { inputTokens: 1000, outputTokens: 0 });
  const output = priceUsd(vendor, model, { inputTokens: 0, outputTokens: 1000 });
  if (input === null || output === null) return () => null;
  return (inputTokens, outputTokens) => (inputTokens * input + outputTokens * output) / 1000;
}

function tablePrice(vendor: Vendor, table: string, model: string, usage: TokenUsage): number | null {
  for (const ending of ['', ...(vendor.prices.endings ?? [])]) {
    const price = calculate(table, model + ending, usage);
    if (price !== null) return price;
  }
  return null;
}

function calculate(providerId: string, model: string, usage: TokenUsage): number | null {
  const counts = {
    // The table wants the total, cached ones included.
    input_tokens: usage.inputTokens,
    output_tokens: usage.outputTokens,
    ...(usage.cachedTokens && { cache_read_tokens: usage.cachedTokens }),
    ...(usage.cacheWriteTokens && { cache_write_tokens: usage.cacheWriteTokens }),
  };
  try {
    const found = calcPrice(counts, model, { providerId });
    if (!found || isNewerThan(model, found.model.id)) return null;
    // An entry without prices is one that nobody filled in.
    const { input_mtok, output_mtok } = found.model_price;
    if (input_mtok === undefined || output_mtok === undefined) return null;
    return Number.isFinite(found.total_price) && found.total_price >= 0 ? found.total_price : null;
  } catch {
    return null; // a usage that the table's rules refuse
  }
}

/**
 * The table matches some ids by how they begin, so that `claude-sonnet-5-5` would be charged as `claude-sonnet-5`. A further version
 * number behind the matched id is another model; a date is not.
 */
function isNewerThan(model: string, matched: string): boolean {
  if (!model.startsWith(matched)) return false;
  const rest = model.slice(matched.length);
  return /^[-.]\d{1,2}(?!\d)/.test(rest) && !/^-\d{2}-\d{2,4}(?!\d)/.test(rest);
}

const MILLION = 1_000_000;

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly contextTokens: number | null;
}

/** The models that a vendor is offered with: each family's newest, with context and USD per million tokens as far as known. */
export function modelsOf(vendor: Vendor): readonly ModelInfo[] {
  const { prices } = vendor;
  const listed =
    prices.models ?? prices.families.flatMap(({ match, take }) => newest(vendor, match).slice(0, take));
  return listed.map(({ id, name, contextTokens }) => ({ ...modelInfoOf(vendor, id), name, contextTokens }));
}

/** What is known of a model by its id alone. */
export function modelInfoOf(vendor: Vendor, id: string): ModelInfo {
  return {
    id,
    name: id,
    contextTokens: contextOf(vendor, id),
    // Of an amount below every tier of the table, scaled up: long prompts may cost more.
    inputUsd: perMillion(priceUsd(vendor, id, { inputTokens: 1000, outputTokens: 0 })),
    outputUsd: perMillion(priceUsd(vendor, id, { inputTokens: 0, outputTokens: 1000 })),
  };
}

function perMillion(priceOfThousand: number | null): number | null {
  // Away with the noise of binary fractions: 0.09999999999999999.
  return priceOfThousand === null ? null : Number(((priceOfThousand * MILLION) / 1000).toPrecision(6));
}

function newest({ prices }: Vendor, match: RegExp): Listed[] {
  const table = prices.offer ?? prices.table;
  const models = findProvider({ providerId: table ?? '' })?.models ?? [];
  return models
    .filter(({ deprecated }) => !deprecated)
    .map(({ id, name, context_window }) => ({
      id: withoutEnding(id, prices.endings),
      name: name ?? id,
      contextTokens: context_window ?? null,
    }))
    .filter(({ id }) => match.test(id))
    .sort((a, b) => versionOf(b.id) - versionOf(a.id) || a.id.localeCompare(b.id));
}

function withoutEnding(id: string, endings: readonly string[] | undefined): string {
  const ending = endings?.find((one) => id.endsWith(one));
  return ending ? id.slice(0, -ending.length) : id;
}

/** The first number of an id, `claude-opus-4-8` and `gpt-4.8` alike; a size such as `70b` or a date is none. */
function versionOf(id: string): number {
  const match = /(?<![\d.])(\d{1,2})(?:[.-](\d{1,2}))?(?![\dbk])/.exec(id.slice(id.lastIndexOf('/') + 1));
  return match ? Number(match[1]) + Number(match[2] ?? 0) / 100 : 0;
}
