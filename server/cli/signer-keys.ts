import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { signingKeyInfo } from '../../shared/contract/registry.ts';
import { fromBase64 } from '../../shared/signing/base64.ts';
import { type PublicSigningKey, readSigningKey } from '../../shared/signing/signing-key.ts';

/** Public signing keys from files: PEM, or the JSON that a registry serves at `/.well-known/skill-keys/<handle>.json`. */

export interface SignerKey extends PublicSigningKey {
  /** Undefined: a PEM file says neither whose it is nor whether it was revoked. */
  readonly handle?: string;
  readonly revokedAt?: string | null;
}

const keysFile = z.object({
  handle: z.string().check(z.regex(/^[a-z0-9-]{2,39}$/)),
  keys: z.array(z.extend(signingKeyInfo, { revokedAt: z.nullable(z.iso.datetime()) })),
});
const PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/g;

/** A sentence: what is wrong with the file. */
export async function readSignerKeys(path: string): Promise<readonly SignerKey[] | string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return `The key file ${path} cannot be read.`;
  }
  const found = text.trimStart().startsWith('{') ? await fromJson(text) : await fromPem(text);
  return found.length > 0
    ? found
    : `${path} holds no public signing key: neither PEM of the curve P-256 nor a registry's JSON of keys.`;
}

async function fromPem(text: string): Promise<readonly PublicSigningKey[]> {
  const keys = await Promise.all(
    [...text.matchAll(PEM)].map(async ([, body = '']) => {
      const spki = fromBase64(body.replaceAll(/\s/g, ''));
      return spki && (await readSigningKey(spki));
    }),
  );
  return keys.filter((key) => key !== undefined);
}

async function fromJson(text: string): Promise<readonly SignerKey[]> {
  const parsed = z.safeParse(keysFile, parse(text));
  if (!parsed.success) return [];
  const { handle, keys } = parsed.data;
  const read = await Promise.all(
    // the file's own keyId is not asked: the id is made from the key
    keys.map(async ({ pem, revokedAt }) =>
      (await fromPem(pem)).map((key) => ({ ...key, handle, revokedAt })),
    ),
  );
  return read.flat();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
