import { expect, it } from 'vitest';
import { signingKeyInfo } from '../../../shared/contract/registry.ts';
import { proveKey } from '../../../shared/signing/key-proof.ts';
import { makeSigner, registrationOf } from '../../shared/signing/signer.ts';
import { signUp } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { testRegistry } from './registry-app.ts';

const { app } = testRegistry(await testStorage());
const ada = await signUp(app, 'ada');
const eve = await signUp(app, 'eve');

it('registers a signing key for who holds it, under the account that its holder named', async () => {
  const signer = await makeSigner();
  const wish = await registrationOf('ada', signer);
  const forged = await proveKey('ada', { ...(await makeSigner()), id: signer.id });
  for (const [client, body] of [
    [ada, { ...wish, proof: forged }],
    [ada, { ...wish, proof: '' }],
    [ada, { ...wish, proof: '%%%' }],
    // who has seen the public key and its proof takes neither as their own
    [eve, wish],
  ] as const)
    expect(await client.send('POST', '/v1/signing-keys', body)).toMatchObject({
      status: 422,
      json: { error: { field: 'proof' } },
    });
  expect((await ada.send('POST', '/v1/signing-keys', { ...wish, proof: undefined })).status).toBe(422);
  expect((await ada.send('POST', '/v1/signing-keys', wish)).status).toBe(201);
  expect((await ada.send('POST', '/v1/signing-keys', wish)).status).toBe(200);
});

it('revokes with a date, which lies in the key’s life and stays what it was', async () => {
  const register = async () => {
    const answer = await ada.send(
      'POST',
      '/v1/signing-keys',
      await registrationOf('ada', await makeSigner()),
    );
    return signingKeyInfo.parse(answer.json);
  };
  const revoke = async (keyId: string, since?: string) => {
    const query = since === undefined ? '' : `?since=${encodeURIComponent(since)}`;
    return signingKeyInfo.parse((await ada.send('DELETE', `/v1/signing-keys/${keyId}${query}`)).json);
  };
  const [first, second, third] = [await register(), await register(), await register()];
  // not before it was there: what it signed cannot be older
  expect((await revoke(first.keyId, '2020-01-01T00:00:00Z')).revokedAt).toBe(first.createdAt);
  const inFuture = await revoke(second.keyId, '2999-01-01T00:00:00Z');
  expect(Date.parse(inFuture.revokedAt ?? '')).toBeLessThanOrEqual(Date.now() + 60_000);
  const now = await revoke(third.keyId);
  expect(Date.parse(now.revokedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(third.createdAt));
  expect((await revoke(third.keyId, third.createdAt)).revokedAt).toBe(now.revokedAt);
  expect((await ada.send('DELETE', `/v1/signing-keys/${third.keyId}?since=tomorrow`)).status).toBe(422);
});
