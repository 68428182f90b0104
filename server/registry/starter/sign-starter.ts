import { webcrypto } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeBundle } from '../../../shared/registry/make-bundle.ts';
import { toBase64 } from '../../../shared/signing/base64.ts';
import { ECDSA_P256, ECDSA_SHA256, readSigningKey } from '../../../shared/signing/signing-key.ts';
import { STARTER_PUBLISHER, STARTER_VERSION, starterParts } from './starter-bundles.ts';
import { STARTER_SKILLS } from './starter-skills.ts';

/**
 * `npm run starter:sign`, after a change to the skills and to STARTER_VERSION: signs them all by a new key and writes what was signed. The
 * private half is gone when this ends, so that nobody, we included, can sign anything else by that key.
 */
const pair = await webcrypto.subtle.generateKey(ECDSA_P256, false, ['sign', 'verify']);
const spki = new Uint8Array(await webcrypto.subtle.exportKey('spki', pair.publicKey));
const key = await readSigningKey(spki);
if (!key) throw new Error('a key that was just made is not read: see shared/signing/signing-key.ts');
const sign = async (message: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(await webcrypto.subtle.sign(ECDSA_SHA256, pair.privateKey, message));
const createdAt = new Date().toISOString();
const signed = await Promise.all(
  STARTER_SKILLS.map(async (skill) => {
    const wish = await makeBundle(starterParts(skill, createdAt), { ...key, sign });
    const { manifest, signature = '', skills } = wish;
    return [skill.name, { manifest, signature, skillSignature: skills[0]?.signature ?? '' }] as const;
  }),
);
const data = { version: STARTER_VERSION, publicKey: toBase64(spki), skills: Object.fromEntries(signed) };
writeFileSync(
  join(import.meta.dirname, 'signed-starter.ts'),
  `import type { SignedStarter } from './starter-bundles.ts';\n\n/** Data: written by \`npm run starter:sign\`. */\nexport const SIGNED_STARTER: SignedStarter = ${JSON.stringify(data, null, 2)};\n`,
);
console.log(`${signed.length} bundles of ${STARTER_PUBLISHER} ${STARTER_VERSION} signed by ${key.id}`);
