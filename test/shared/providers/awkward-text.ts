import fc from 'fast-check';

/** Text with what is cut badly: emoji of several code points, combining marks, scripts beyond the first plane. */
export const awkwardText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '🚀',
        '👩‍👩‍👧‍👦',
        '🇩🇪',
        '🏳️‍🌈',
        'e\u0301',
        'ก็',
        '한',
        'ᄒ\u1161\u11ab',
        '𝒳',
        '\u200d',
        '\ufe0f',
        '"\\/',
      ),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
      fc.string({ unit: 'binary-ascii', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

/** Cuts between UTF-16 units, wherever they fall. */
export function cutText(text: string, cuts: readonly number[]): readonly string[] {
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
}
