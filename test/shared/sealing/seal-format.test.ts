import { expect, test } from 'vitest';
import { bodyDigest, readSeal, suite, writeSeal } from '../../../shared/sealing/seal-format.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

test('opens the base-mode vector of RFC 9180, appendix A.3.1', async () => {
  const pair = await suite.DeriveKeyPair(
    bytes('668b37171f1072f3cf12ea8a236a45df23fc13b82af3609ad1e354f6ef817550'),
    true,
  );
  expect(Buffer.from(await suite.SerializePublicKey(pair.publicKey)).toString('hex')).toBe(
    '04fe8c19ce0905191ebc298a9245792531f26f0cece2460639e8bc39cb7f706a826a779b4cf969b8a0e539c7f62fb3d30ad6aa8f80e30f1d128aafd68a2ce72ea0',
  );
  const plain = await suite.Open(
    pair,
    bytes(
      '04a92719c6195d5085104f469a8b9814d5838ff72b60501e2c4466e5e67b325ac98536d7b61a1af4b78e5b7f951c0900be863c403ce65c9bfcb9382657222d18c4',
    ),
    bytes('5ad590bb8baa577f8619db35a36311226a896e7342a6d836d8b7bcd2f20b6c7f9076ac232e3ab2523f39513434'),
    { info: bytes('4f6465206f6e2061204772656369616e2055726e'), aad: bytes('436f756e742d30') },
  );
  expect(Buffer.from(plain).toString()).toBe('Beauty is truth, truth beauty');
});

test('reads what it writes', () => {
  const seal = {
    keyId: 'abc-_1',
    encapsulatedSecret: new Uint8Array(65).fill(7),
    ciphertext: new Uint8Array(100).fill(9),
  };
  expect(readSeal(writeSeal(seal))).toEqual(seal);
});

test.each([
  '',
  'sealed.',
  'sealed.a.b.c',
  `sealed.a.${'A'.repeat(87)}`,
  `sealed.a.${'A'.repeat(86)}.AAAA`,
  `sealed.a.${'A'.repeat(87)}.${'A'.repeat(6000)}`,
  `sealed.${'a'.repeat(33)}.${'A'.repeat(87)}.AAAA`,
  `sealed.a.${'A'.repeat(87)}.AA=A`,
  `sealed.a.${'A'.repeat(87)}.AAAA.more`,
])('refuses what is not a seal: %.40s', (header) => {
  expect(readSeal(header)).toBeUndefined();
});

test('the digest is the SHA-256 of the body in hex', async () => {
  expect(await bodyDigest(new TextEncoder().encode('abc'))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
});
