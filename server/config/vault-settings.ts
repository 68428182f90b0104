import { z } from 'zod';

const DAYS_SAID = 'give a whole number of days from 1 to 3650';

/** Settings of stored keys; `server/config/config.ts` takes them in with its own. The roots themselves are read by `server/vault`. */
export const VAULT_SETTINGS = {
  VAULT: z.enum(['on', 'off'], 'give on or off').default('off'),
  NO_KEYS_AT_REST: z.enum(['on', 'off'], 'give on or off').default('off'),
  VAULT_ROOTS: z.string().default(''),
  VAULT_MAX_KEY_AGE_DAYS: z.coerce
    .number(DAYS_SAID)
    .int(DAYS_SAID)
    .min(1, DAYS_SAID)
    .max(3650, DAYS_SAID)
    .optional(),
} as const;
