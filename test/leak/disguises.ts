/** Ways in which something that was sent a key may write it down in what it sends back. */
type Disguise = (key: string) => string | Buffer;

const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');
const each = (key: string, spelled: (char: string, at: number) => string): string =>
  Array.from(key, spelled).join('');
const base64 = (key: string, before = '', after = ''): string =>
  Buffer.from(before + key + after).toString('base64');
const lines = (text: string, width: number, end: string): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);
const utf16be = (key: string): Buffer => Buffer.from(key, 'utf16le').swap16();

export const DISGUISES = {
  'as it is': (key) => key,
  'in upper case': (key) => key.toUpperCase(),
  backwards: (key) => [...key].reverse().join(''),
  'in pieces of 15': (key) => lines(key, 15, ' … '),
  'broken after 40': (key) => lines(key, 40, '\r\n'),
  'JSON-escaped': (key) => each(key, (char) => `\\u00${hex(char)}`),
  'JSON-escaped, upper case': (key) => each(key, (char) => `\\u00${hex(char).toUpperCase()}`),
  'JSON-escaped now and then': (key) => each(key, (char, at) => (at % 5 === 2 ? `\\u00${hex(char)}` : char)),
  'JSON-escaped every second': (key) => each(key, (char, at) => (at % 2 === 0 ? `\\u00${hex(char)}` : char)),
  'JSON-escaped twice': (key) => each(key, (char) => `\\\\u00${hex(char)}`),
  'JSON-escaped three times': (key) => each(key, (char) => `${'\\'.repeat(4)}u00${hex(char)}`),
  'JSON-escaped twice, now and then': (key) =>
    each(key, (char, at) => (at % 5 === 2 ? `\\\\u00${hex(char)}` : char)),
  'as code points': (key) => each(key, (char) => `\\u{${hex(char)}}`),
  'as long code points': (key) => each(key, (char) => `\\U000000${hex(char)}`),
  'as \\x escapes': (key) => each(key, (char) => `\\x${hex(char)}`),
  'as octal escapes': (key) => each(key, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`),
  'percent-encoded': (key) => each(key, (char) => `%${hex(char).toUpperCase()}`),
  'percent-encoded, lower case': (key) => each(key, (char) => `%${hex(char)}`),
  'percent-encoded now and then': (key) => each(key, (char, at) => (at % 3 === 0 ? `%${hex(char)}` : char)),
  'percent-encoded twice': (key) => each(key, (char) => `%25${hex(char)}`),
  'percent-encoded three times': (key) => each(key, (char) => `%2525${hex(char)}`),
  'as %u escapes, percent-encoded': (key) => each(key, (char) => `%25u00${hex(char)}`),
  'as %u escapes, percent-encoded twice': (key) => each(key, (char) => `%2525u00${hex(char)}`),
  'percent-encoded as UTF-16': (key) => each(key, (char) => `%u00${hex(char)}`),
  'as decimal entities': (key) => each(key, (char) => `&#${char.charCodeAt(0)};`),
  'as hex entities': (key) => each(key, (char) => `&#x${hex(char)};`),
  'as entities with zeros': (key) => each(key, (char) => `&#00${char.charCodeAt(0)};`),
  'as entities, escaped': (key) => each(key, (char) => `&amp;#x00${hex(char)};`),
  'quoted-printable': (key) => each(key, (char) => `=${hex(char).toUpperCase()}`),
  'in hex': (key) => each(key, hex),
  'in HEX': (key) => each(key, hex).toUpperCase(),
  'in hex, cut short': (key) => each(key, hex).slice(0, -7),
  'in hex with colons': (key) => Array.from(key, hex).join(':'),
  'in hex with blanks': (key) => Array.from(key, hex).join(' '),
  'in hex with 0x': (key) => Array.from(key, (char) => `0x${hex(char)}`).join(', '),
  'as a list of numbers': (key) => JSON.stringify([...Buffer.from(key)]),
  'in base64': (key) => base64(key),
  'in base64, one byte in': (key) => base64(key, ':', ':'),
  'in base64, two bytes in': (key) => base64(key, 'u:', ':'),
  'in base64url': (key) => Buffer.from(`u:${key}?>`).toString('base64url'),
  'in base64, cut short': (key) => base64(key).slice(0, -5),
  'in base64, in lines of 20': (key) => lines(base64(key), 20, '\n'),
  'in base64, in escaped lines': (key) => lines(base64(key), 20, '\\r\\n'),
  'in UTF-16': (key) => Buffer.from(key, 'utf16le'),
  'in UTF-16, the other way round': utf16be,
  'with blanks between': (key) => [...key].join(' '),
} satisfies Readonly<Record<string, Disguise>>;
export type DisguiseName = keyof typeof DISGUISES;

export const DISGUISE_NAMES = Object.keys(DISGUISES) as DisguiseName[]; // as: those are its keys

export function disguise(name: DisguiseName, key: string): Buffer {
  return Buffer.from(DISGUISES[name](key) as string); // as: Buffer.from takes both
}
