import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { createKeyHider } from '../../../server/operator/hide-key.ts';

const KEY = 'sk-operator-"7+/\\x9ZqLm4';

/** What comes out of an answer in these pieces. */
function heard(pieces: readonly string[]): string {
  const clean = createKeyHider(KEY)();
  return pieces.map((piece) => clean(piece, false)).join('') + clean('', true);
}

/** Cut at the given places, which may coincide. */
function cutAt(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
}

const base64 = (before: string): string => Buffer.from(`${before}${KEY}`).toString('base64');
const FORMS: readonly string[] = [
  ...[KEY, JSON.stringify({ auth: KEY }), encodeURIComponent(KEY), Buffer.from(KEY).toString('hex')],
  ...[base64(''), base64('B'), base64('Be'), base64('Bearer '), Buffer.from(KEY).toString('base64url')],
];

it.each(FORMS)('takes the key out of %s, however it is cut', async (form) => {
  const cores = [
    KEY,
    JSON.stringify(KEY).slice(1, -1),
    encodeURIComponent(KEY),
    Buffer.from(KEY).toString('hex'),
  ];
  await fc.assert(
    fc.property(fc.array(fc.nat(200), { maxLength: 30 }), (places) => {
      const text = heard(cutAt(`Draft: ${form}. End`, places));
      expect(text).toMatch(/^Draft: .*\[key removed\].*\. End$/);
      for (const core of cores) expect(text).not.toContain(core);
    }),
  );
});

it('changes nothing else, and loses no held beginning of a key that does not come', async () => {
  await fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('sk-', 'sk-operator', 's', 'sk-operator-"7'))),
      (pieces) => {
        const whole = pieces.join('');
        fc.pre(!whole.includes(KEY));
        expect(heard(pieces)).toBe(whole);
      },
    ),
  );
});
