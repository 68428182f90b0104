import { z } from 'zod';
import { CRITIC_POLICIES } from '../../shared/contract/author/critic.ts';

/** A setting that is a whole number between two bounds. Its message says so and never quotes the value. */
export function whole(min: number, max: number, fallback: number) {
  const said = `give a whole number from ${min} to ${max}`;
  return z.coerce.number(said).int(said).min(min, said).max(max, said).default(fallback);
}

const DAYS_SAID = 'give a whole number of days from 1 to 3650';
const CRITIC_USD_SAID = 'give USD for one bundle from 0 to 1000, as 0.5';
const USD_SAID = 'give USD per day from 0 to 1000000, as 2.5, or unlimited';

// The default stands before the transform: after it, it would take the place of `unlimited`.
const usdPerDay = (fallback: number) =>
  z
    .union([z.literal('unlimited'), z.coerce.number().min(0, USD_SAID).max(1_000_000, USD_SAID)], USD_SAID)
    .default(fallback)
    .transform((value) => (value === 'unlimited' ? undefined : value));

/** Settings of hosted runs; `server/config/config.ts` takes them in with its own. */
export const HOSTED_SETTINGS = {
  HOSTED_PROVIDER: z.string().default('sandbox'),
  HOSTED_MODELS: z.string().default(''),
  HOSTED_SITE: z.string().optional(),
  HOSTED_KEY_FILE: z.string().optional(),
  HOSTED_KEY: z.string().optional(),
  HOSTED_PRICE_USD: z
    .string()
    .regex(/^\d+(?:\.\d+)?\/\d+(?:\.\d+)?$/, 'give input and output in USD per million tokens, as 3/15')
    .optional(),
  HOSTED_BUDGET_USD: usdPerDay(10),
  HOSTED_ACCOUNT_BUDGET_USD: usdPerDay(2),
  HOSTED_WORKERS: whole(0, 64, 2),
  HOSTED_QUEUE_PER_ACCOUNT: whole(1, 10_000, 20),
  PUBLISH_CRITIC: z.enum(CRITIC_POLICIES, 'give off, advise or require').default('off'),
  PUBLISH_CRITIC_MODEL: z.string().optional(),
  PUBLISH_CRITIC_USD: z.coerce
    .number(CRITIC_USD_SAID)
    .min(0, CRITIC_USD_SAID)
    .max(1000, CRITIC_USD_SAID)
    .default(0.5),
  RETENTION_DAYS: z.coerce.number(DAYS_SAID).int(DAYS_SAID).min(1, DAYS_SAID).max(3650, DAYS_SAID).optional(),
} as const;

/** The same as one schema. Which of its combinations make sense is checked by `createOperator`. */
export const hostedSettings = z.object(HOSTED_SETTINGS);
export type HostedSettings = z.infer<typeof hostedSettings>;
