/** Ways in which something that was sent a key may write it down in what it sends back. */
type Disguise = (key: string) => string | Buffer;

const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');
const each = (key: string, spelled: (char: string, at: number) => string): string =>
  Array.from(key, spelled).join('');
const base64 = (key: string, before = '', after = ''): string =>
  Buffer.from(before + key + after).toString('base64');
const lines = (text: string, width: number, end: string): string =>
  (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []).join(end);
const escaped = (text: string): string => each(text, (char) => `\\u00${hex(char)}`);
const percent = (text: string): string => each(text, (char) => `%${hex(char)}`);
const entities = (text: string): string => each(text, (char) => `&#${char.charCodeAt(0)};`);
const shifted = (key: string, from: number): string =>
  each(key, (char) => String.fromCodePoint(char.charCodeAt(0) + from));
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base32 = (text: string): string =>
  (each(text, (char) => char.charCodeAt(0).toString(2).padStart(8, '0')).match(/.{1,5}/g) ?? [])
    .map((bits) => BASE32[Number.parseInt(bits.padEnd(5, '0'), 2)])
    .join('');
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
  'as entities whose signs are JSON escapes': (key) => each(key, (char) => `\\u0026#${char.charCodeAt(0)};`),
  'as entities, each character JSON-escaped': (key) => escaped(entities(key)),
  'JSON-escaped, percent-encoded': (key) => percent(escaped(key)),
  'percent-encoded, JSON-escaped': (key) => escaped(percent(key)),
  'percent-encoded, quoted-printable': (key) => each(key, (char) => `=25${hex(char)}`),
  'as percent signs that are entities': (key) => each(key, (char) => `&percnt;${hex(char)}`),
  'JSON in JSON, percent-encoded': (key) => percent(JSON.stringify(JSON.stringify({ k: escaped(key) }))),
  'each character by another way': (key) =>
    each(
      key,
      (char, at) => [escaped, percent, entities, (it: string) => `=${hex(it)}`][at % 4]?.(char) ?? '',
    ),
  'with tags between': (key) => each(key, (char, at) => (at % 3 === 0 ? `<b>${char}</b>` : char)),
  'with escaped tags between': (key) => each(key, (char) => `&lt;i&gt;${char}&lt;/i&gt;`),
  'with zero widths between': (key) => [...key].join('\u200b'),
  'with zero widths now and then': (key) => each(key, (char, at) => (at % 5 === 2 ? `${char}\u2060` : char)),
  'with zero widths between, JSON-escaped': (key) => [...key].join('\\u200b'),
  'with soft hyphens between, as entities': (key) => [...key].join('&shy;'),
  'in full width': (key) => shifted(key, 0xfee0),
  'in full width, JSON-escaped': (key) =>
    each(key, (char) => `\\uff${hex(String.fromCharCode(char.charCodeAt(0) - 32))}`),
  'in full width, percent-encoded': (key) => encodeURIComponent(shifted(key, 0xfee0)),
  'in letters that nobody sees': (key) => shifted(key, 0xe0000),
  'in bold': (key) =>
    key.replace(/[a-z]/g, (char) => String.fromCodePoint(0x1d41a - 97 + char.charCodeAt(0))),
  'with other dashes, and zero widths': (key) => key.replaceAll('-', '\u2011').replace(/.{6}/g, '$&\ufeff'),
  'in base64 of base64': (key) => base64(base64(key)),
  'in base64 of base64, one byte in each': (key) => base64(base64(key, ':', ':'), ':', ':'),
  'in base64 of base64 of JSON': (key) => base64(base64(JSON.stringify({ key }), '..'), '.'),
  'in base64 of UTF-16': (key) => Buffer.from(key, 'utf16le').toString('base64'),
  'in base64 of JSON escapes': (key) => base64(escaped(key), '"', '"'),
  'in base64 of entities, percent-encoded': (key) => percent(base64(entities(key))),
  'in base64 of hex': (key) => base64(each(key, hex)),
  'in hex of base64': (key) => each(base64(key), hex),
  'in hex of hex': (key) => each(each(key, hex), hex),
  'in base32': (key) => base32(key),
  'in base32, two bytes in, lower case': (key) => base32(`u:${key}`).toLowerCase(),
  'in base32 of base64': (key) => base32(base64(key)),
  'in base64 of base32': (key) => base64(base32(key)),
} satisfies Readonly<Record<string, Disguise>>;
export type DisguiseName = keyof typeof DISGUISES;

export const DISGUISE_NAMES = Object.keys(DISGUISES) as DisguiseName[]; // as: those are its keys

export function disguise(name: DisguiseName, key: string): Buffer {
  return Buffer.from(DISGUISES[name](key) as string); // as: Buffer.from takes both
}
