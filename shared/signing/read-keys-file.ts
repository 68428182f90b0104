import * as z from 'zod/mini';
import { signingKeyInfo } from '../contract/registry.ts';
import { fromBase64 } from './base64.ts';
import type { SignerKey } from './check-signed.ts';
import { type PublicSigningKey, readSigningKey } from './signing-key.ts';

/** Public signing keys as texts: PEM, or the JSON that a registry serves at `/.well-known/skill-keys/<handle>.json`. */

export const keysFile = z.object({
  handle: z.string().check(z.regex(/^[a-z0-9-]{2,39}$/)),
  keys: z.array(z.extend(signingKeyInfo, { revokedAt: z.nullable(z.iso.datetime()) })),
});

const PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/g;

/** Those of the curve P-256 that stand in the text. */
export async function keysInPem(text: string): Promise<readonly PublicSigningKey[]> {
  const keys = await Promise.all(
    [...text.matchAll(PEM)].map(async ([, body = '']) => {
      const spki = fromBase64(body.replaceAll(/\s/g, ''));
      return spki && (await readSigningKey(spki));
    }),
  );
  return keys.filter((key) => key !== undefined);
}

/** With whose they are and when they were revoked. The file's own `keyId` is not asked: the id is made from the key. */
export async function keysInFile({ handle, keys }: z.infer<typeof keysFile>): Promise<readonly SignerKey[]> {
  const read = await Promise.all(
    keys.map(async ({ pem, revokedAt }) =>
      (await keysInPem(pem)).map((key) => ({ ...key, handle, revokedAt })),
    ),
  );
  return read.flat();
}
