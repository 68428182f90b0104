import { execFileSync } from 'node:child_process';
import { createPublicKey, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFromJSON } from '@sigstore/bundle';
import { toSignedEntity, Verifier } from '@sigstore/verify';
import { afterAll, expect, it } from 'vitest';
import { derToRaw, rawToDer } from '../../../shared/signing/ecdsa-der.ts';
import { preAuthEncoding } from '../../../shared/signing/envelope.ts';
import { signFiles, verifyFiles } from '../../../shared/signing/model-signature.ts';
import { makeSigner, textFile } from './signer.ts';

const folder = mkdtempSync(join(tmpdir(), 'oneturn-oms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = [textFile('SKILL.md', '# Ω'), textFile('references/a.md', 'a')] as const;
const signer = await makeSigner();
const signature = await signFiles('one', files, signer);

it('is good for exactly these files, this name and this signing key', async () => {
  expect(await verifyFiles(signature, 'one', files.toReversed(), signer)).toEqual({ ok: true });
  const refused = [
    ['was made for another SKILL.md', 'one', [textFile('SKILL.md', '# O'), files[1]]],
    ['covers references/a.md, which is not there', 'one', [files[0]]],
    ['does not cover b.md', 'one', [...files, textFile('b.md', 'b')]],
    ['was not made for two', 'two', files],
  ] as const;
  for (const [fault, name, given] of refused)
    expect(await verifyFiles(signature, name, given, signer)).toEqual({ ok: false, fault });
  expect(await verifyFiles(signature, 'one', files, await makeSigner())).toMatchObject({
    fault: expect.stringContaining('was not made by this signing key'),
  });
});

it('is no signature when it is anything else', async () => {
  for (const text of ['', '{}', 'null', '[1]', signature.replace('in-toto', 'other'), signature.slice(0, -1)])
    expect(await verifyFiles(text, 'one', files, signer)).toMatchObject({ ok: false });
});

it('is good for sigstore’s own verifier', () => {
  const key = createPublicKey({ key: Buffer.from(signer.spki), format: 'der', type: 'spki' });
  const material = {
    certificateAuthorities: [],
    timestampAuthorities: [],
    tlogs: [],
    ctlogs: [],
    publicKey: (hint: string) => {
      expect(hint).toBe(signer.id);
      return { publicKey: key, validFor: () => true };
    },
  };
  const verifier = new Verifier(material, { tlogThreshold: 0, ctlogThreshold: 0, tsaThreshold: 0 });
  const entity = (text: string) => toSignedEntity(bundleFromJSON(JSON.parse(text)));
  expect(() => verifier.verify(entity(signature))).not.toThrow();
  const changed = JSON.parse(signature);
  changed.dsseEnvelope.payload = Buffer.from('{}').toString('base64');
  expect(() => verifier.verify(entity(JSON.stringify(changed)))).toThrow();
});

it('is good for openssl, with the key as PEM that node writes too', () => {
  const { payload, payloadType, signatures } = JSON.parse(signature).dsseEnvelope;
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('key.pem'), signer.pem);
  writeFileSync(at('pae'), preAuthEncoding(payloadType, Buffer.from(payload, 'base64')));
  writeFileSync(at('sig'), Buffer.from(signatures[0].sig, 'base64'));
  const args = ['dgst', '-sha256', '-verify', at('key.pem'), '-signature', at('sig'), at('pae')];
  expect(execFileSync('openssl', args, { encoding: 'utf8' })).toContain('Verified OK');
  const key = createPublicKey(signer.pem);
  expect(key.export({ type: 'spki', format: 'pem' })).toBe(signer.pem);
});

it('writes r and s in DER and reads them back, whatever their first bytes are', () => {
  const samples = [
    new Uint8Array(64),
    new Uint8Array(64).fill(255),
    Uint8Array.from({ length: 64 }, (_, i) => i),
  ];
  for (let i = 0; i < 200; i += 1) samples.push(webcrypto.getRandomValues(new Uint8Array(64)));
  for (const raw of samples) expect(derToRaw(rawToDer(raw))).toEqual(raw);
  const der = rawToDer(new Uint8Array(64).fill(1));
  expect(derToRaw(der.subarray(0, -1))).toBeUndefined();
  expect(derToRaw(Uint8Array.from([...der, 0]))).toBeUndefined();
  // a zero in front that is not needed: another text of the same signature
  expect(derToRaw(Uint8Array.from([0x30, 8, 2, 2, 0, 1, 2, 2, 0, 1]))).toBeUndefined();
});
