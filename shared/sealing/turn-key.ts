import type { Failure } from '../contract/failure.ts';
import type { ServerConfig } from '../contract/server-config.ts';
import { fromBase64url } from './base64url.ts';
import { cleanKey, judgeKey, type KeyRules } from './key-shape.ts';
import { bodyDigest, sealBinding, suite, TIME_BYTES, writeSeal } from './seal-format.ts';

export interface TurnContext {
  readonly config: ServerConfig;
  readonly provider: string;
  readonly site?: string | undefined;
  readonly run: string;
  /** The request's body exactly as it will be sent. */
  readonly body: string;
  /** The server's time, epoch ms, by its `now` and the time since then. */
  readonly serverNow: number;
}

export type Turned =
  | { readonly ok: true; readonly header: string; readonly notices: readonly string[] }
  | { readonly ok: false; readonly failure: Failure };

/**
 * Takes the key out of its source, cleans, checks and seals it. `take` reads the source once; the caller empties it in the same
 * turn of the event loop. Only the seal comes back.
 */
export async function turnKey(take: () => string, context: TurnContext): Promise<Turned> {
  const { config, run, body, serverNow, provider, site = '' } = context;
  const { sealing } = config;
  const publicKey = fromBase64url(sealing.publicKey);
  const rules = config.providers.find(({ id }) => id === provider) ?? { id: provider, name: provider };
  if (!publicKey) throw new Error('the sealing key of GET /v1/config is not base64url: the server is of another version');
  const recipient = await suite.DeserializePublicKey(publicKey);
  const binding = sealBinding({
    server: sealing.server,
    provider,
    site,
    run,
    bodyDigest: await bodyDigest(new TextEncoder().encode(body)),
  });
  // Synchronous and on its own: a frame that awaits would keep the text alive until its last line.
  const taken = takeBytes(take, serverNow, rules);
  if (!taken.ok) return taken;
  try {
    const sealed = await suite.Seal(recipient, taken.plain, binding);
    return { ok: true, header: writeSeal({ keyId: sealing.id, ...sealed }), notices: taken.notices };
  } finally {
    taken.plain.fill(0);
  }
}

type Taken =
  | { readonly ok: true; readonly plain: Uint8Array; readonly notices: readonly string[] }
  | { readonly ok: false; readonly failure: Failure };

function takeBytes(take: () => string, serverNow: number, rules: KeyRules): Taken {
  const { key, notices } = cleanKey(take());
  const failure = judgeKey((at) => key.charCodeAt(at), key.length, rules);
  if (failure) return { ok: false, failure };
  const plain = new Uint8Array(TIME_BYTES + key.length);
  new DataView(plain.buffer).setBigUint64(0, BigInt(Math.round(serverNow)));
  for (let i = 0; i < key.length; i++) plain[TIME_BYTES + i] = key.charCodeAt(i);
  return { ok: true, plain, notices };
}

/** What a source holds, for a hint while it is typed. */
export function describeKey(peek: () => string, rules: KeyRules): { readonly state: 'empty' | 'fine' | 'bad'; readonly message?: string } {
  const { key } = cleanKey(peek());
  if (key === '') return { state: 'empty' };
  const failure = judgeKey((at) => key.charCodeAt(at), key.length, rules);
  return failure ? { state: 'bad', message: failure.message } : { state: 'fine' };
}
