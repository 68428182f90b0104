import { createHash, hkdfSync, randomBytes, webcrypto } from 'node:crypto';
import type { SealingInfo } from '../../shared/contract/server-config.ts';
import { toBase64url } from '../../shared/sealing/base64url.ts';
import { suite } from '../../shared/sealing/seal-format.ts';

/** A sealing key is offered for this long, accepted for as long again, then dropped: an image of the process's memory taken later cannot open a captured seal. */
export const SEALING_PERIOD_MS = 5 * 60_000;

type KeyPair = Awaited<ReturnType<typeof suite.GenerateKeyPair>>;
interface SealingKey {
  readonly pair: KeyPair;
  readonly info: SealingInfo;
  readonly goneAt: number;
}

/** The server's HPKE key pairs. They change with time, so that more than one pair is accepted at a time. */
export interface SealingKeys {
  /** The key to seal to now. */
  current(): Promise<SealingInfo>;
  /** The pair of that id while it is accepted. */
  pairOf(id: string): Promise<KeyPair | undefined>;
  readonly server: string;
  /** Epoch ms. No seal of before is opened: with a secret, a request could have been taken once already, by the process before this one. */
  readonly born: number;
}

/** One server in several processes: they began together, and what has no secret from a setting has one for each period. */
export interface OneServer {
  readonly server: string;
  readonly born: number;
  /** 32 bytes for a period counted from `born`, for the caller to wipe; undefined when it is over or to come. */
  secretOf(period: number): Promise<Uint8Array | undefined>;
}

/** Where the pairs come from: a setting, the other processes of one server, or neither. */
export interface SealingOptions {
  /** From a setting. */
  readonly secret?: string | undefined;
  readonly now: () => number;
  /** Absent: this process is alone. */
  readonly among?: OneServer | undefined;
}

/**
 * With a secret every process derives the same pairs from it and the time, so that any of them opens a seal made for another; a
 * process without one makes random pairs of its own, or the same as the other processes of its server. Knows no user key.
 */
export function createSealingKeys({ secret, now, among }: SealingOptions): SealingKeys {
  const server = secret
    ? createHash('sha256').update(`oneturn server\n${secret}`).digest('base64url').slice(0, 22)
    : (among?.server ?? randomBytes(16).toString('base64url'));
  const keys = new Map<number, Promise<SealingKey | undefined>>();
  /** Random keys count their periods from their own birth, derived ones from the epoch, so that processes agree. */
  const born = among?.born ?? now();
  const inputOf = async (period: number): Promise<Uint8Array | 'random' | undefined> => {
    if (secret) return new Uint8Array(hkdfSync('sha256', secret, '', `oneturn sealing key ${period}`, 32));
    return among ? among.secretOf(Math.round(period - born / SEALING_PERIOD_MS)) : 'random';
  };
  const periodAt = (time: number): number =>
    secret
      ? Math.floor(time / SEALING_PERIOD_MS)
      : Math.floor((time - born) / SEALING_PERIOD_MS) + born / SEALING_PERIOD_MS;

  function keyOf(period: number): Promise<SealingKey | undefined> {
    for (const old of keys.keys()) if ((old + 2) * SEALING_PERIOD_MS <= now()) keys.delete(old);
    const known = keys.get(period);
    if (known) return known;
    const made = makeKey(period, server, inputOf(period));
    keys.set(period, made);
    // asked again, not remembered
    const forget = (key?: SealingKey): unknown => key === undefined && keys.delete(period);
    made.then(forget, () => forget());
    // Dropped by a timer too, for a server without requests. The loop above is for clocks that jump and machines that sleep.
    setTimeout(() => keys.delete(period), (period + 2) * SEALING_PERIOD_MS - now()).unref();
    return made;
  }

  return {
    server,
    born,
    async current() {
      const key = await keyOf(periodAt(now()));
      if (key === undefined)
        throw new Error('There is no sealing key of now. The clocks of the processes must agree.');
      return key.info;
    },
    async pairOf(id) {
      const period = periodAt(now());
      // A derived key may be another process's: the last period's and, with clocks apart, the next one's count too.
      const candidates = secret || among ? [period, period - 1, period + 1] : [...keys.keys()];
      for (const candidate of candidates) {
        const key = await keyOf(candidate);
        if (key?.info.id === id && now() < key.goneAt) return key.pair;
      }
      return undefined;
    },
  };
}

async function makeKey(
  period: number,
  server: string,
  given: Promise<Uint8Array | 'random' | undefined>,
): Promise<SealingKey | undefined> {
  const input = await given;
  if (input === undefined) return undefined;
  const pair =
    input === 'random' ? await suite.GenerateKeyPair(false) : await suite.DeriveKeyPair(input, false);
  if (input !== 'random') input.fill(0);
  const publicKey = await suite.SerializePublicKey(pair.publicKey);
  const id = Buffer.from(await webcrypto.subtle.digest('SHA-256', publicKey as Uint8Array<ArrayBuffer>))
    .toString('base64url')
    .slice(0, 16); // as: a fresh array, not a shared one
  const issuedAt = period * SEALING_PERIOD_MS;
  return {
    pair,
    info: {
      id,
      publicKey: toBase64url(publicKey),
      server,
      issuedAt,
      renewAt: issuedAt + SEALING_PERIOD_MS,
    },
    goneAt: issuedAt + 2 * SEALING_PERIOD_MS,
  };
}
