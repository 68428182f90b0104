import { expect, it } from 'vitest';
import { checkSigned, type SignerKey } from '../../../shared/signing/check-signed.ts';

import { signFiles } from '../../../shared/signing/model-signature.ts';
import { makeSigner, textFile } from '../../shared/signing/signer.ts';

it('counts a revocation that any of the key files names, in whatever order they are given', async () => {
  const signer = await makeSigner();
  const files = [textFile('SKILL.md', 'x')];
  const signed = {
    ...{ signatureFile: 'skill.oms.sig', signature: await signFiles('a', files, signer) },
    ...{ name: 'a', files },
  };
  const { id, pem, spki } = signer;
  const bare: SignerKey = { id, pem, spki };
  const old: SignerKey = { ...bare, handle: 'ada', revokedAt: null };
  const late: SignerKey = { ...bare, handle: 'ada', revokedAt: '2026-11-20T00:00:00Z' };
  const early: SignerKey = { ...bare, handle: 'ada', revokedAt: '2026-11-10T00:00:00Z' };
  const at = new Date('2026-11-15T00:00:00Z');
  const faultsOf = async (...keys: readonly SignerKey[]) => (await checkSigned(signed, { keys, at })).faults;
  expect(await faultsOf(bare, old, late)).toEqual([]);
  const revoked = [expect.stringContaining('revoked at 2026-11-10')];
  expect(await faultsOf(bare, old, late, early)).toEqual(revoked);
  expect(await faultsOf(early, late, old, bare)).toEqual(revoked);
});
