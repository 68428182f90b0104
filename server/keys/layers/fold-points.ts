/** What a character is read as: a byte of ASCII, `GONE`, or `OTHER`. */
export const GONE = -1;
export const OTHER = -2;

/** Where Unicode has letters and digits that look like those of ASCII, or accents: the last of each block is not in it. */
const BLOCKS = [
  [0xa0, 0x250],
  [0x2b0, 0x370],
  [0x1d00, 0x1f00],
  [0x2000, 0x2500],
  [0x2c60, 0x2c80],
  [0xfe00, 0xff70],
  [0x1d400, 0x1d800],
  [0x1f100, 0x1f1a0],
] as const;
/** Nobody sees them: the soft hyphen, widths of zero, directions, joiners, selectors of a variant. */
const UNSEEN = /^[\p{Default_Ignorable_Code_Point}\p{M}]$/u;
const DASHES = /^\p{Pd}$/u;
/** Letters of ASCII once more, which nobody sees. */
const TAGS = [0xe0020, 0xe007f] as const;
const SELECTORS = [0xe0100, 0xe01f0] as const;

const table = new Map<number, number>();

/** Once, when the first such character comes. */
function fill(): void {
  for (const [from, to] of BLOCKS) {
    for (let point = from; point < to; point++) {
      const char = String.fromCodePoint(point);
      const [base = '', ...rest] = UNSEEN.test(char) ? [] : char.normalize('NFKD');
      if (base === '') table.set(point, GONE);
      else if (DASHES.test(char)) table.set(point, 0x2d);
      else if (base < '\x7f' && rest.every((mark) => UNSEEN.test(mark))) table.set(point, base.charCodeAt(0));
    }
  }
}

/** `ｓ`, `𝐬`, `ⓢ` and `ŝ` are read as `s`, every dash as `-`. */
export function foldPoint(point: number): number {
  if (point < 0x80) return point;
  if (point >= TAGS[0] && point < TAGS[1]) return point - 0xe0000;
  if (point >= SELECTORS[0] && point < SELECTORS[1]) return GONE;
  if (table.size === 0) fill();
  return table.get(point) ?? OTHER;
}
