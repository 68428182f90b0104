import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  openEnvelope,
  peekEnvelope,
  preAuthEncoding,
  type Signer,
  signEnvelope,
} from '../../../shared/signing/envelope.ts';

const TYPE = 'application/vnd.oneturn.test+json';
const mine = generateKeyPairSync('ed25519');
const theirs = generateKeyPairSync('ed25519');
const signer: Signer = { keyId: 'mine', sign: (message) => sign(null, message, mine.privateKey) };
const byMe = (message: Uint8Array, signature: Uint8Array): boolean =>
  verify(null, message, mine.publicKey, signature);

const DOCUMENT = { title: 'Zürich, 東京, 🗝', list: [1, null] };

test('the bytes that are signed are those of the specification’s own example', () => {
  const bytes = preAuthEncoding('http://example.com/HelloWorld', new TextEncoder().encode('hello world'));
  expect(new TextDecoder().decode(bytes)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
});

test('a signed document opens for its type and its signer', () => {
  const envelope = signEnvelope(TYPE, DOCUMENT, signer);
  expect(openEnvelope(envelope, TYPE, byMe)).toEqual({ ok: true, document: DOCUMENT });
  expect(peekEnvelope(envelope)).toEqual(DOCUMENT);
});

test('one good signature among others is enough, and none is not', () => {
  const { signatures, ...rest } = signEnvelope(TYPE, DOCUMENT, signer);
  const other = { keyid: 'mine', sig: signEnvelope(TYPE, {}, signer).signatures[0]?.sig ?? '' };
  expect(openEnvelope({ ...rest, signatures: [other, ...signatures] }, TYPE, byMe).ok).toBe(true);
  for (const wrong of [[], [other], [{ keyid: 'mine', sig: '%%%' }]])
    expect(openEnvelope({ ...rest, signatures: wrong }, TYPE, byMe)).toEqual({
      ok: false,
      fault: 'signature',
    });
});

test('another signer, another type and a changed document do not open', () => {
  const envelope = signEnvelope(TYPE, DOCUMENT, signer);
  const byThem = (message: Uint8Array, signature: Uint8Array): boolean =>
    verify(null, message, theirs.publicKey, signature);
  expect(openEnvelope(envelope, TYPE, byThem)).toEqual({ ok: false, fault: 'signature' });
  expect(openEnvelope(envelope, 'text/plain', byMe)).toEqual({ ok: false, fault: 'type' });
  // the type is signed too: a receipt cannot be passed off as something else
  const renamed = { ...envelope, payloadType: 'text/plain' };
  expect(openEnvelope(renamed, 'text/plain', byMe)).toEqual({ ok: false, fault: 'signature' });
  const changed = { ...envelope, payload: btoa('{"title":"Zug"}') };
  expect(openEnvelope(changed, TYPE, byMe)).toEqual({ ok: false, fault: 'signature' });
});

test('what is no base64 or no JSON is no document', () => {
  const envelope = signEnvelope(TYPE, DOCUMENT, signer);
  expect(openEnvelope({ ...envelope, payload: '%%%' }, TYPE, byMe)).toEqual({ ok: false, fault: 'type' });
  expect(peekEnvelope({ ...envelope, payload: '%%%' })).toBeUndefined();
  expect(peekEnvelope({ ...envelope, payload: btoa('{') })).toBeUndefined();
  expect(peekEnvelope({ ...envelope, payload: btoa('\xff"x"') })).toBeUndefined();
});
