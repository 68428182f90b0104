import type { Failure } from '../contract/failure.ts';
import { cleanKey, judgeKey, type KeyRules, vendorsOf } from './key-shape.ts';
import { type PreparedSeal, prepareSeal, type TurnContext } from './prepare-seal.ts';
import { TIME_BYTES } from './seal-format.ts';
import { secretBytes } from './secret-bytes.ts';

type Refused = { readonly ok: false; readonly failure: Failure };
type Taken = { readonly ok: true; readonly plain: Uint8Array; readonly notices: readonly string[] };
/**
 * Either the seal for the header, with notices on what was removed from around the key (spaces, quotes), or why this cannot be a key.
 * Neither quotes it.
 */
export type Turned =
  | { readonly ok: true; readonly header: string; readonly notices: readonly string[] }
  | Refused;

/** Takes the key out of its source, which `take` empties, cleans, checks and seals it. Only the seal comes back. */
export async function turnKey(take: () => string, context: TurnContext): Promise<Turned> {
  const seal = await prepareSeal(context);
  const taken = takeBytes(take, seal);
  if (!taken.ok) return taken;
  try {
    return { ok: true, header: await seal.close(taken.plain), notices: taken.notices };
  } finally {
    taken.plain.fill(0);
  }
}

/** Synchronous and on its own: a frame that awaits would keep the text alive until its last line. */
function takeBytes(take: () => string, { rules, serverNow }: PreparedSeal): Taken | Refused {
  const { key, notices } = cleanKey(take());
  const failure = judgeKey((at) => key.charCodeAt(at), key.length, rules);
  if (failure) return { ok: false, failure };
  const plain = secretBytes(TIME_BYTES + key.length);
  new DataView(plain.buffer).setBigUint64(0, BigInt(Math.round(serverNow)));
  for (let i = 0; i < key.length; i++) plain[TIME_BYTES + i] = key.charCodeAt(i);
  return { ok: true, plain, notices };
}

/** What a source holds, for a hint while it is typed. */
export function describeKey(
  peek: () => string,
  rules: KeyRules,
): {
  readonly state: 'empty' | 'fine' | 'bad';
  readonly message?: string;
  /** Whose key it looks like, by their ids in the catalogue, where it is another provider's. */
  readonly vendors?: readonly string[];
} {
  const { key } = cleanKey(peek());
  const failure = key === '' ? undefined : judgeKey((at) => key.charCodeAt(at), key.length, rules);
  if (!failure) return { state: key === '' ? 'empty' : 'fine' };
  const isOthers = failure.reason === 'wrong_provider';
  return { state: 'bad', message: failure.message, vendors: isOthers ? vendorsOf(key) : [] };
}
