import { type buildConnector, Pool } from 'undici';
import { estimateRun } from '../../shared/compose/estimate.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { toSite } from '../../shared/contract/run-limits.ts';
import type { HostedOffer } from '../../shared/contract/server-config.ts';
import type { TokenUsage } from '../../shared/providers/formats/token-usage.ts';
import { resolveOrigin } from '../../shared/providers/resolve-origin.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { ConfigError } from '../config/config.ts';
import type { HostedSettings } from '../config/hosted-settings.ts';
import type { OperatorPayer } from '../hosted/payer.ts';
import { systemClock } from '../providers/clock.ts';
import { POOL_OPTIONS } from '../providers/connect/safe-connect.ts';
import { modelsOf, priceUsd } from '../providers/prices.ts';
import { RateLimiter } from '../providers/rate-limiter.ts';
import type { Upstream } from '../providers/upstream.ts';
import type { Critic } from '../registry/critic/critic.ts';
import { type CriticReaderParts, createCriticReader } from './critic/create-critic-reader.ts';
import { createKeyHider, createPieceHider } from './hide-key.ts';
import { readOperatorKey } from './operator-key.ts';

/**
 * The provider that the operator pays for: the one place where their key is. Nothing of users' keys comes here, and nothing of this
 * goes to them.
 */
export interface Operator {
  /** The same for everybody. */
  readonly offer: HostedOffer;
  readonly payer: OperatorPayer;
  /** Who reads bundles before they are published; undefined: nobody is to. */
  critic(parts: CriticParts): Critic | undefined;
  close(): Promise<void>;
}

/** `vendors` includes the operator's own endpoints; `connector` opens the sockets that the operator's key goes out on. */
export interface OperatorParts {
  readonly vendors: readonly Vendor[];
  readonly connector: buildConnector.connector;
  readonly settings: HostedSettings;
}

/** What the critic needs besides: the budget that it takes from, and the limits of its calls. `now` is monotonic, in milliseconds. */
export type CriticParts = Pick<CriticReaderParts, 'budget' | 'limits' | 'now'>;

/** Runs usually end below the estimate; a rewritten draft, or a model that thinks long, goes above. */
const RESERVE_FACTOR = 1.5;
const MILLION = 1_000_000;

/** Throws `ConfigError` with the setting that has to be changed. */
export function createOperator({ vendors, connector, settings }: OperatorParts): Operator {
  const vendor = vendors.find(({ id }) => id === settings.HOSTED_PROVIDER);
  if (vendor === undefined)
    throw new ConfigError(
      'HOSTED_PROVIDER is no provider that this server knows. See GET /v1/config for their ids.',
    );
  const origin = resolveOrigin(vendor, settings.HOSTED_SITE && toSite(settings.HOSTED_SITE));
  if (origin === undefined)
    throw new ConfigError(`HOSTED_SITE does not fit ${vendor.name}. ${vendor.site?.hint ?? 'Leave it out.'}`);
  const key = readOperatorKey(settings.HOSTED_KEY_FILE, settings.HOSTED_KEY);
  if (vendor.key === 'required' && key === undefined)
    throw new ConfigError(`${vendor.name} needs a key: set HOSTED_KEY_FILE.`);
  if (vendor.key === 'none' && key !== undefined)
    throw new ConfigError('A hosted key is set, but HOSTED_PROVIDER is the sandbox. Name its provider.');

  const models = modelNames(vendor, settings.HOSTED_MODELS);
  const criticModel = settings.PUBLISH_CRITIC_MODEL ?? models[0] ?? '';
  const asked = settings.PUBLISH_CRITIC === 'off' ? models : [...new Set([...models, criticModel])];
  const priceOf = requirePrices(vendor, asked, settings.HOSTED_PRICE_USD);

  // A pool: undici 7's Agent never keeps a connection again once one has ended under traffic (nodejs/undici#5022).
  const dispatcher = new Pool(origin, { ...POOL_OPTIONS, connect: connector });
  const offer: HostedOffer = { provider: vendor.id, models, sandbox: vendor.id === 'sandbox' };
  const credentials = key === undefined && vendor.id === 'sandbox' ? 'none' : 'operator';
  const limiters = new Map(asked.map((model) => [model, new RateLimiter(systemClock)]));
  const upstream: Upstream = {
    vendor,
    origin,
    dispatcher,
    // Providers count by key and model: all runs that the operator pays for stand in one line.
    limiter: (model) => limiters.get(model),
    authorization: key === undefined ? undefined : `${vendor.auth.prefix}${key}`,
    textCleaner: key === undefined ? undefined : createKeyHider(key),
    wordsCleaner: key === undefined ? undefined : createPieceHider(key),
  };
  return {
    offer,
    payer: createPayer({ offer, credentials, upstream, priceOf }),
    critic: (parts) => {
      const { PUBLISH_CRITIC: policy, PUBLISH_CRITIC_USD: maxUsd } = settings;
      if (policy === 'off') return undefined;
      const means = { upstream, model: criticModel, priceUsd: priceOf(criticModel), maxUsd };
      // the sandbox is no model: what it says of a skill is worth nothing
      return { policy, reader: offer.sandbox ? undefined : createCriticReader({ ...means, ...parts }) };
    },
    close: () => dispatcher.destroy(),
  };
}

/** What jobs are paid with, as long as it is offered. */
interface Means {
  readonly offer: HostedOffer;
  readonly credentials: 'operator' | 'none';
  readonly upstream: Upstream;
  readonly priceOf: (model: string) => PriceUsd;
}

function createPayer({ offer, credentials, upstream, priceOf }: Means): OperatorPayer {
  const { provider, models } = offer;
  return {
    offer: async () => offer,
    quote: async (_, { model = models[0] ?? '', goalChars }) => {
      if (!models.includes(model)) return { ok: false, failure: NOT_OFFERED };
      return {
        ok: true,
        value: { provider, model, credentials, reserveUsd: reserveUsd(priceOf(model), goalChars) },
      };
    },
    admit: async () => ({ ok: true, keep: async () => undefined }),
    for: async (job) => {
      if (job.provider !== provider || !models.includes(job.model))
        return { ok: false, failure: OFFER_CHANGED };
      const payment = {
        upstream,
        priceUsd: priceOf(job.model),
        charges: credentials,
        close: async () => undefined,
      };
      return { ok: true, value: payment };
    },
  };
}

const NOT_OFFERED: Failure = {
  code: 'invalid_field',
  message: 'This server does not run that model. Leave it out, or take one it offers.',
  field: 'model',
};

const OFFER_CHANGED: Failure = {
  code: 'unavailable',
  message:
    'This server no longer offers the provider and model that this run was queued for. Start it again on what it offers now.',
};

type PriceUsd = (usage: TokenUsage, answered?: string | null) => number;

/** What the estimate of a run's whole cost says at the most, with room for a draft that is rewritten. */
function reserveUsd(price: PriceUsd, goalChars: number): number {
  const prices = {
    inputUsd: price({ inputTokens: MILLION, outputTokens: 0 }),
    outputUsd: price({ inputTokens: 0, outputTokens: MILLION }),
  };
  return (estimateRun(goalChars, prices).highUsd ?? 0) * RESERVE_FACTOR;
}

/** Every offered model has a price, or the start is refused: a budget cannot count what nobody knows. */
function requirePrices(
  vendor: Vendor,
  models: readonly string[],
  setting: string | undefined,
): (model: string) => PriceUsd {
  const fixed = fixedPrice(setting);
  if (fixed !== undefined) return () => fixed;
  const unknown = models.find(
    (model) => priceUsd(vendor, model, { inputTokens: 1000, outputTokens: 1000 }) === null,
  );
  if (unknown !== undefined)
    throw new ConfigError(
      `No price is known for the model ${unknown}, so no budget can count it. Set HOSTED_PRICE_USD, as 3/15.`,
    );
  // by the asked model where the one that answered has no price
  return (model) => (usage, answered) =>
    priceUsd(vendor, model, usage, answered) ?? priceUsd(vendor, model, usage) ?? 0;
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
  return (usage) => (usage.inputTokens * input + usage.outputTokens * output) / MILLION;
}
