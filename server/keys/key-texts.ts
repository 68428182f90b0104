import { KEY_PREFIXES } from '../../shared/providers/key-prefixes.ts';
import type { ProviderKey } from './provider-key.ts';

/** Upper and lower case are one, and so are the two alphabets of base64: what is searched for is folded, and what is searched. */
export const FOLD: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte >= 0x41 && byte <= 0x5a) return byte + 0x20;
  if (byte === 0x2d) return 0x2b;
  return byte === 0x5f ? 0x2f : byte;
});

/** A text that tells the key, in which every character may still be escaped. */
export interface KeyText {
  /** Folded; wiped with the key. */
  readonly bytes: Buffer;
  /** Where the part begins and ends that is secret: `sk-ant-api03-` is in every manual. */
  readonly from: number;
  readonly to: number;
  /** So many characters of the secret part in a row are taken for the key. */
  readonly least: number;
}

/** A key's pieces of so many bytes are found in whatever stands around them. */
const LEAST_BYTES = 8;
/** Of a key that is short, or of words: `release-notes-key` must not erase "release-notes" from a text. */
const LEAST_WORDY_BYTES = 16;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const HEX = '0123456789abcdef';

/** As it is, backwards, in hex, and in base64 where it begins 0, 1 or 2 bytes after a group of three. */
export function textsOf(key: ProviderKey): readonly KeyText[] {
  const size = key.byteLength;
  const raw = key.derive(size);
  key.copyInto(raw, 0);
  const known = publicBytes(raw);
  const wordy = size - known < LEAST_BYTES + 4 || isWordy(raw.subarray(known));
  const begin = wordy ? 0 : known;
  const least = wordy ? Math.min(LEAST_WORDY_BYTES, size) : LEAST_BYTES;

  const text = (length: number, at: (i: number) => number): Buffer => {
    const bytes = key.derive(length);
    for (let i = 0; i < length; i++) bytes[i] = FOLD[at(i)] ?? 0;
    return bytes;
  };
  const byteAt = (i: number): number => raw[i] ?? 0;
  return [
    { bytes: text(size, byteAt), from: begin, to: size, least },
    { bytes: text(size, (i) => byteAt(size - 1 - i)), from: 0, to: size - begin, least },
    {
      bytes: text(2 * size, (i) => HEX.charCodeAt((byteAt(i >> 1) >> (i & 1 ? 0 : 4)) & 15)),
      from: 2 * begin,
      to: 2 * size,
      least: 2 * least,
    },
    ...[0, 1, 2].map((shift): KeyText => {
      const [first, last] = [Math.ceil((shift * 8) / 6), Math.floor(((shift + size) * 8) / 6)];
      const at = (i: number): number => {
        const bit = (first + i) * 6 - shift * 8;
        const pair = (byteAt(bit >> 3) << 8) | byteAt((bit >> 3) + 1);
        return BASE64.charCodeAt((pair >> (10 - (bit & 7))) & 63);
      };
      const length = Math.max(0, last - first);
      const from = Math.min(length, Math.ceil(((shift + begin) * 8) / 6) - first);
      return {
        bytes: text(length, at),
        from,
        to: length,
        least: Math.min(length - from, Math.floor((least * 8) / 6) - 1),
      };
    }),
  ];
}

/** Whether it is made of one kind of characters alone (capitals, small letters or digits), as no vendor's keys are. */
function isWordy(secret: Buffer): boolean {
  const kinds = [isDigit, isLetter, (byte: number) => byte >= 0x41 && byte <= 0x5a];
  return kinds.filter((kind) => secret.some((byte) => kind(byte))).length < 2;
}

/** How much of the key is known to everyone: a vendor's prefix, with the version behind it (`api03-`, `v1-`). */
function publicBytes(raw: Buffer): number {
  const has = ({ prefix }: { readonly prefix: string }): boolean =>
    prefix.length < raw.length && Array.from(prefix).every((char, i) => raw[i] === char.charCodeAt(0));
  const known = Math.max(0, ...KEY_PREFIXES.filter(has).map(({ prefix }) => prefix.length));
  if (known === 0) return 0;
  let at = known;
  while (at < known + 4 && isLetter(raw[at])) at += 1;
  if (at === known) return known;
  const letters = at;
  while (at < letters + 2 && isDigit(raw[at])) at += 1;
  return at > letters && raw[at] === 0x2d ? at + 1 : known;
}

const isLetter = (byte = 0): boolean => byte >= 0x61 && byte <= 0x7a;
const isDigit = (byte = 0): boolean => byte >= 0x30 && byte <= 0x39;
