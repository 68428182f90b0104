import { TextJoiner } from '../../shared/providers/text-joiner.ts';
import { BLOCK, mayHold, RAW, SPELLED, unique } from './byte-run.ts';
import type { ProviderKey } from './provider-key.ts';
import { secretBuffer } from './secret-buffer.ts';

/** `\u0041` for a byte is the longest spelling. */
const LONGEST = 6;
const STAR = 0x2a;
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Overwrites a key in what its provider sends back: raw (any 23 bytes in a row), JSON-escaped, percent-encoded, hex, and base64 in
 * three alignments. Works on bytes, before anything is decoded; what it knows of the key is wiped with the key.
 */
export class Eraser {
  /** Spellings of the whole key, to know when a chunk ends inside one. */
  readonly #spellings: readonly Buffer[];
  /** What is searched for: the spellings, the raw one in overlapping blocks. */
  readonly #needles: readonly Buffer[];
  /** For each byte, whether it occurs in a spelling, and in the raw one: what is not made of such bytes need not be searched. */
  readonly #bytes: Buffer;
  readonly #key: ProviderKey;
  /** How often something was overwritten. */
  hits = 0;

  constructor(key: ProviderKey) {
    this.#key = key;
    const raw = key.derive(key.byteLength);
    key.copyInto(raw, 0);
    this.#spellings = unique(spell(raw, key));
    this.#bytes = key.derive(256);
    for (const spelling of this.#spellings) for (const byte of spelling) this.#bytes[byte] = SPELLED;
    for (const byte of raw) this.#bytes[byte] = RAW | SPELLED;
    const last = Math.max(0, raw.length - BLOCK);
    const blocks = Array.from({ length: Math.ceil(last / 8) + 1 }, (_, i) =>
      raw.subarray(Math.min(i * 8, last)).subarray(0, BLOCK),
    );
    this.#needles = unique([...blocks, ...this.#spellings.slice(1)]);
  }

  /** The key is wiped: nothing can be found any more. */
  get over(): boolean {
    return this.#key.wiped;
  }

  eraseWhole(chunk: Buffer, before = chunk.length): void {
    if (!mayHold(chunk, this.#bytes, this.#key.byteLength)) return;
    const ends: [number, number][] = [];
    // All matches first: blocks overlap, and an overwritten one would hide its neighbour.
    for (const needle of this.#needles) {
      for (let at = chunk.indexOf(needle); at >= 0; at = chunk.indexOf(needle, at + 1))
        ends.push([at, at + needle.length]);
    }
    for (const [from, to] of ends) if (from < before) chunk.fill(STAR, from, to);
    this.hits += ends.length;
  }

  /** For one response: erases across chunk borders by holding back a tail that may be the beginning of the key. */
  overBytes(): (chunk: Buffer, last: boolean) => Buffer {
    const store = this.#key.derive(LONGEST * this.#key.byteLength);
    let held = store.subarray(0, 0);
    return (chunk, last) => {
      let data = chunk;
      if (held.length > 0) {
        data = secretBuffer(held.length + chunk.length);
        held.copy(data);
        chunk.copy(data, held.length);
        chunk.fill(0);
      }
      const tail = last ? 0 : this.#unfinished(data);
      // A match may reach into what is held back; one that begins there may still grow.
      this.eraseWhole(data, data.length - tail);
      store.fill(0);
      held = store.subarray(0, tail);
      if (tail > 0) {
        data.copy(store, 0, data.length - tail);
        data.fill(0, data.length - tail);
      }
      return data.subarray(0, data.length - tail);
    };
  }

  /** The same for text that comes in pieces, which are joined before they become bytes. What is held back is ASCII, so no character is cut. */
  overText(): (delta: string, last: boolean) => string {
    const clean = this.overBytes();
    const joiner = new TextJoiner();
    return (delta, last) => clean(Buffer.from(joiner.join(delta, last)), last).toString();
  }

  /** Length of the longest end of `data` that is a proper beginning of a spelling. */
  #unfinished(data: Buffer): number {
    const end = data.length;
    let at = end;
    while (at > 0 && this.#bytes[data[at - 1] ?? 0]) at -= 1;
    const begins = (it: Buffer): boolean =>
      it[0] === data[at] && end - at < it.length && data.compare(it, 0, end - at, at) === 0;
    for (at = Math.max(at, end - LONGEST * this.#key.byteLength); at < end; at++)
      if (this.#spellings.some(begins)) return end - at;
    return 0;
  }
}

function spell(raw: Buffer, key: ProviderKey): Buffer[] {
  const each = (width: number, of: (char: string, hex: string) => string): Buffer => {
    const spelled = key.derive(raw.length * width);
    let at = 0;
    for (const byte of raw)
      for (const it of of(String.fromCharCode(byte), byte.toString(16))) spelled[at++] = it.charCodeAt(0);
    return spelled.subarray(0, at);
  };
  const both = (width: number, of: (hex: string, char: string) => string): Buffer[] => [
    each(width, (char, hex) => of(hex, char)),
    each(width, (char, hex) => of(hex.toUpperCase(), char)),
  ];
  return [
    raw,
    each(2, (char) => ('"\\/'.includes(char) ? `\\${char}` : char)),
    each(2, (char) => ('"\\'.includes(char) ? `\\${char}` : char)),
    ...both(6, (hex) => `\\u00${hex}`),
    ...both(3, (hex, char) => (/[\w.~!*'()-]/.test(char) ? char : `%${hex}`)),
    ...both(3, (hex) => `%${hex}`),
    ...both(2, (hex) => hex),
    ...[0, 1, 2].flatMap((shift) => ['+/', '-_'].map((last) => base64(raw, shift, last, key))),
  ];
}

/** The characters of base64 that depend on the key alone when it starts `shift` bytes after a group of three. */
function base64(raw: Buffer, shift: number, last: string, key: ProviderKey): Buffer {
  const [first, end] = [Math.ceil((shift * 8) / 6), Math.floor(((shift + raw.length) * 8) / 6)];
  const spelled = key.derive(Math.max(0, end - first));
  for (let i = first; i < end; i++) {
    const bit = i * 6 - shift * 8;
    const pair = ((raw[bit >> 3] ?? 0) << 8) | (raw[(bit >> 3) + 1] ?? 0);
    spelled[i - first] = (BASE64 + last).charCodeAt((pair >> (10 - (bit & 7))) & 63);
  }
  return spelled;
}
