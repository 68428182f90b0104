/** ECDSA P-256 signatures: WebCrypto has r and s of 32 bytes each, everything else has them in DER (RFC 3279, section 2.2.3). */

const HALF = 32;

/** Turns r and s of 32 bytes each into a DER sequence of two integers, 8 to 72 bytes. */
export function rawToDer(raw: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = [integer(raw.subarray(0, HALF)), integer(raw.subarray(HALF))].flat();
  return Uint8Array.from([0x30, parts.length, ...parts]);
}

/** Undefined: these are not two integers of at most 32 bytes in the one form that DER allows. */
export function derToRaw(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const raw = new Uint8Array(2 * HALF);
  if (der[0] !== 0x30 || der[1] !== der.length - 2) return undefined;
  let at = 2;
  for (const end of [HALF, 2 * HALF]) {
    const length = der[at + 1] ?? 0;
    const value = der.subarray(at + 2, at + 2 + length);
    if (der[at] !== 0x02 || length === 0 || value.length !== length) return undefined;
    const digits = value[0] === 0 ? value.subarray(1) : value;
    if (digits.length > HALF) return undefined;
    raw.set(digits, end - digits.length);
    at += 2 + length;
  }
  // written again: one signature has one form
  const same = rawToDer(raw);
  return at === der.length && same.every((byte, i) => byte === der[i]) ? raw : undefined;
}

function integer(half: Uint8Array): readonly number[] {
  const first = half.findIndex((byte) => byte !== 0);
  const digits = first < 0 ? [0] : [...half.subarray(first)];
  // a first bit of 1 would make it negative
  const value = (digits[0] ?? 0) > 0x7f ? [0, ...digits] : digits;
  return [0x02, value.length, ...value];
}
