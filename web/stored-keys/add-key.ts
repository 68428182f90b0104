import * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import { KEY_CHECK_PATIENCE_MS } from '../../shared/contract/run-limits.ts';
import { type AddStoredKey, type StoredKey, storedKey } from '../../shared/contract/vault/stored-key.ts';
import { sealKey } from '../ask/key/seal-key.ts';
import { postStoredKey } from '../ask/post-run.ts';
import { readFailure } from '../config/read-failure.ts';
import type { KnownConfig } from '../config/server-config.ts';
import { randomId } from '../http/random-id.ts';

export interface AddRequest {
  readonly wish: AddStoredKey;
  /** Reads the key's field and empties it; handed on uncalled. */
  readonly take: () => string;
  readonly currentConfig: () => Promise<KnownConfig>;
}

/** `notices`: what was taken off around the key, in words. Nothing here is the key or a part of it, but the last four of the stored one. */
export type Added =
  | { readonly ok: true; readonly key: StoredKey; readonly notices: readonly string[] }
  | { readonly ok: false; readonly failure: Failure };

/** Seals the key to be stored and sends it. A seal for storing opens as one for nothing else. Never rejects. */
export async function addKey({ wish, take, currentConfig }: AddRequest): Promise<Added> {
  try {
    const runId = randomId();
    const body = JSON.stringify(wish);
    const { provider, site } = wish;
    const turned = await sealKey(take, {
      ...{ known: await currentConfig(), provider, site, runId, body },
      purpose: 'vault seal',
    });
    if (!turned.ok) return turned;

    const response = await postStoredKey(
      { body, runId, header: turned.header },
      AbortSignal.timeout(KEY_CHECK_PATIENCE_MS),
    );
    if (!response.ok) return { ok: false, failure: await readFailure(response) };
    return { ok: true, key: z.parse(storedKey, await response.json()), notices: turned.notices };
  } catch {
    return { ok: false, failure: NO_ANSWER };
  }
}

const NO_ANSWER: Failure = {
  code: 'unavailable',
  message:
    'No answer came, so that it is not known whether the key was stored. Look at the list, and paste the key again if it is not there.',
};
