import type { Canary } from './canary.ts';

/** One way to write a key down. */
export interface Spelling {
  readonly name: string;
  readonly bytes: Buffer;
  /** So many bytes stand for one character; a copy may have lost any of them. */
  readonly unit: number;
  /** A character is spelled by so many units: four of base64 are three bytes. */
  readonly perChar?: number;
}

const each = (text: string, spelled: (hex: string) => string): Buffer =>
  Buffer.from(Array.from(text, (char) => spelled(char.charCodeAt(0).toString(16).padStart(2, '0'))).join(''));

/** Every spelling that a search of memory knows of. What stands around the random part does not count. */
export function spellingsOf({ secret }: Canary): readonly Spelling[] {
  const raw = Buffer.from(secret);
  return [
    { name: 'text', bytes: raw, unit: 1 },
    { name: 'reversed', bytes: Buffer.from([...secret].reverse().join('')), unit: 1 },
    { name: 'UTF-16', bytes: Buffer.from(secret, 'utf16le'), unit: 2 },
    { name: 'hex', bytes: each(secret, (hex) => hex), unit: 2 },
    { name: 'HEX', bytes: each(secret, (hex) => hex.toUpperCase()), unit: 2 },
    { name: 'percent', bytes: each(secret, (hex) => `%${hex.toUpperCase()}`), unit: 3 },
    { name: 'percent, lower', bytes: each(secret, (hex) => `%${hex}`), unit: 3 },
    { name: 'JSON', bytes: each(secret, (hex) => `\\u00${hex}`), unit: 6 },
    { name: 'JSON, upper', bytes: each(secret, (hex) => `\\u00${hex.toUpperCase()}`), unit: 6 },
    ...[0, 1, 2].map((shift) => ({
      name: `base64+${shift}`,
      bytes: base64(raw, shift),
      unit: 1,
      perChar: 4 / 3,
    })),
  ];
}

/** The characters that depend on the key alone when it begins `shift` bytes after a group of three. */
function base64(raw: Buffer, shift: number): Buffer {
  const text = Buffer.concat([Buffer.alloc(shift), raw])
    .toString('base64')
    .replace(/=+$/, '');
  const from = Math.ceil((shift * 8) / 6);
  const to = Math.floor(((shift + raw.length) * 8) / 6);
  return Buffer.from(text.slice(from, to));
}
