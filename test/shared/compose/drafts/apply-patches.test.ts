import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatches } from '../../../../shared/compose/drafts/apply-patches.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', 'ab', '\n', ' '), { maxLength: 20 })
  .map((parts) => parts.join(''));
const change = fc.record({
  note: fc.integer({ min: 1, max: 3 }),
  patches: fc.array(fc.record({ old: text, new: text }), { maxLength: 3 }),
});

describe('patches', () => {
  it('of a note that is not among the applied leave no trace', () => {
    fc.assert(
      fc.property(
        text,
        fc.uniqueArray(change, { maxLength: 3, selector: ({ note }) => note }),
        (before, changes) => {
          const { text: after, applied } = applyPatches(before, changes);
          const again = applyPatches(
            before,
            changes.filter(({ note }) => applied.has(note)),
          );
          expect(again).toEqual({ text: after, applied });
          if (applied.size === 0) expect(after).toBe(before);
        },
      ),
    );
  });

  it('replace one place, and all of a note or none', () => {
    expect(applyPatches('one two', [{ note: 1, patches: [{ old: 'two', new: 'three' }] }]).text).toBe(
      'one three',
    );
    const half = [
      {
        note: 1,
        patches: [
          { old: 'one', new: '1' },
          { old: 'nine', new: '9' },
        ],
      },
    ];
    expect(applyPatches('one two', half)).toEqual({ text: 'one two', applied: new Set() });
    const chain = [
      { note: 1, patches: [{ old: 'two', new: 'two\n- a' }] },
      { note: 2, patches: [{ old: '- a', new: '- a\n- b' }] },
    ];
    expect(applyPatches('two', chain)).toEqual({ text: 'two\n- a\n- b', applied: new Set([1, 2]) });
  });

  it('take no part in what a replacement means to a program', () => {
    expect(applyPatches('cost', [{ note: 1, patches: [{ old: 'cost', new: '$& $1' }] }]).text).toBe('$& $1');
  });
});
