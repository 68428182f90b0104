import { randomBytes } from 'node:crypto';
import { SEALING_PERIOD_MS } from './sealing-keys.ts';

/**
 * What the sealing keys of all processes of one server are derived from: a random secret for each period, in memory alone. Like a lone
 * process's keys they are gone when a seal can no longer be opened with them, so that an image of the memory taken later opens none.
 */
export interface PeriodSecrets {
  readonly server: string;
  /** Epoch ms; periods are counted from here. */
  readonly born: number;
  /** A copy, 32 bytes. Undefined: the period is over, or is to come. */
  secretOf(period: number): Uint8Array | undefined;
}

/** Begins the first period now; `now` is epoch ms. */
export function createPeriodSecrets(now: () => number): PeriodSecrets {
  const born = now();
  const secrets = new Map<number, Buffer>();
  const dropOld = (): void => {
    for (const [period, secret] of secrets) {
      if (born + (period + 2) * SEALING_PERIOD_MS > now()) continue;
      secret.fill(0);
      secrets.delete(period);
    }
  };
  return {
    server: randomBytes(16).toString('base64url'),
    born,
    secretOf(period) {
      dropOld();
      const age = Math.floor((now() - born) / SEALING_PERIOD_MS) - period;
      if (!Number.isInteger(period) || period < 0 || age < 0 || age > 1) return undefined;
      const secret = secrets.get(period) ?? randomBytes(32);
      if (!secrets.has(period)) setTimeout(dropOld, 2 * SEALING_PERIOD_MS + 1).unref();
      secrets.set(period, secret);
      return Uint8Array.from(secret);
    },
  };
}
