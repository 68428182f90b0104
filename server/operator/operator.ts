import { type buildConnector, Pool } from 'undici';
import type { Ask } from '../../shared/compose/ask.ts';
import { estimateRun } from '../../shared/compose/estimate.ts';
import type { HostedOffer } from '../../shared/contract/hosted.ts';
import { resolveOrigin } from '../../shared/providers/resolve-origin.ts';
import type { TokenUsage } from '../../shared/providers/token-usage.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { ConfigError } from '../config/config.ts';
import type { HostedSettings } from '../config/hosted-settings.ts';
import { modelsOf, priceUsd } from '../providers/prices.ts';
import type { Upstream } from '../providers/upstream.ts';
import { hideKey } from './hide-key.ts';
import { readOperatorKey } from './operator-key.ts';

/**
 * The provider that the operator pays for: the one place where their key is. Nothing of `byo/` comes here, and nothing of this goes
 * there.
 */
export interface Operator {
  readonly offer: HostedOffer;
  readonly credentials: 'operator' | 'none';
  readonly upstream: Upstream;
  /** USD. Every offered model has a price, or the start is refused: a budget cannot count what nobody knows. */
  priceUsd(model: string, usage: TokenUsage, answered?: string | null): number;
  /** Takes the operator's key out of what a provider says. */
  readonly hideKey: (ask: Ask) => Ask;
  /** What a run may cost at the most, for its reservation. */
  reserveUsd(model: string, goalChars: number): number;
  close(): Promise<void>;
}

export interface OperatorParts {
  readonly vendors: readonly Vendor[];
  readonly connector: buildConnector.connector;
  readonly settings: HostedSettings;
}

const POOL_OPTIONS = {
  allowH2: false,
  pipelining: 1,
  keepAliveTimeout: 10_000,
  maxRequestsPerClient: 1000,
  autoSelectFamily: false,
} as const;

/** Runs usually end below the estimate; a rewritten draft, or a model that thinks long, goes above. */
const RESERVE_FACTOR = 1.5;

/** Throws `ConfigError` with the setting that has to be changed. */
export function createOperator({ vendors, connector, settings }: OperatorParts): Operator {
  const vendor = vendors.find(({ id }) => id === settings.HOSTED_PROVIDER);
  if (vendor === undefined)
    throw new ConfigError(
      'HOSTED_PROVIDER is no provider that this server knows. See GET /v1/config for their ids.',
    );
  const origin = resolveOrigin(vendor, settings.HOSTED_SITE);
  if (origin === undefined)
    throw new ConfigError(`HOSTED_SITE does not fit ${vendor.name}. ${vendor.site?.hint ?? 'Leave it out.'}`);
  const key = readOperatorKey(settings.HOSTED_KEY_FILE, settings.HOSTED_KEY);
  if (vendor.key === 'required' && key === undefined)
    throw new ConfigError(`${vendor.name} needs a key: set HOSTED_KEY_FILE.`);
  if (vendor.key === 'none' && key !== undefined)
    throw new ConfigError('A hosted key is set, but HOSTED_PROVIDER is the sandbox. Name its provider.');

  const models = modelNames(vendor, settings.HOSTED_MODELS);
  const fixed = fixedPrice(settings.HOSTED_PRICE_USD);
  const price = (model: string, usage: TokenUsage, answered?: string | null): number | null =>
    fixed === undefined ? priceUsd(vendor, model, usage, answered) : fixed(usage);
  const perMillion = (model: string, usage: TokenUsage): number => price(model, usage) ?? 0;
  for (const model of models) {
    if (price(model, { inputTokens: 1000, outputTokens: 1000 }) !== null) continue;
    throw new ConfigError(
      `No price is known for the model ${model}, so no budget can count it. Set HOSTED_PRICE_USD, as 3/15.`,
    );
  }

  // A pool: undici 7's Agent never keeps a connection again once one has ended under traffic (nodejs/undici#5022).
  const dispatcher = new Pool(origin, { ...POOL_OPTIONS, connect: connector });
  return {
    offer: { provider: vendor.id, models, sandbox: vendor.id === 'sandbox' },
    credentials: key === undefined && vendor.id === 'sandbox' ? 'none' : 'operator',
    upstream: {
      vendor,
      origin,
      dispatcher,
      authorization: key === undefined ? undefined : `${vendor.auth.prefix}${key}`,
    },
    hideKey: (ask) => hideKey(ask, key),
    priceUsd: (model, usage, answered) => price(model, usage, answered) ?? perMillion(model, usage),
    reserveUsd: (model, goalChars) => {
      const prices = {
        inputUsd: perMillion(model, { inputTokens: 1_000_000, outputTokens: 0 }),
        outputUsd: perMillion(model, { inputTokens: 0, outputTokens: 1_000_000 }),
      };
      return (estimateRun(goalChars, prices).highUsd ?? 0) * RESERVE_FACTOR;
    },
    close: () => dispatcher.destroy(),
  };
}

function modelNames(vendor: Vendor, setting: string): string[] {
  const named = setting.split(/[\s,]+/).filter(Boolean);
  if (named.length > 0) return named;
  const [first] = modelsOf(vendor);
  if (first === undefined)
    throw new ConfigError(
      `HOSTED_MODELS is empty, and ${vendor.name} has no model of its own accord. Name one.`,
    );
  return [first.id];
}

function fixedPrice(setting: string | undefined): ((usage: TokenUsage) => number) | undefined {
  if (setting === undefined) return undefined;
  const [input = 0, output = 0] = setting.split('/').map(Number);
  return (usage) => (usage.inputTokens * input + usage.outputTokens * output) / 1_000_000;
}
