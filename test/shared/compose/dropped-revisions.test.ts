import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../shared/compose/ask.ts';
import { MUST, OLD, patches, revised, SECOND } from './revised.ts';
import { bodyOf } from './scripted-ask.ts';

describe('what never replaces a draft', () => {
  const LONG = (call: ModelCall): string =>
    `${bodyOf(call)}\n${Array.from({ length: 12 }, (_, n) => `- Gotcha ${n}: the ledger has a row of totals.`).join('\n')}\n`;

  it.each([
    ['a text under half as long', SECOND, 'less than half'],
    [
      'a list of changes',
      `# Change log\n\n${'- Updated step 2 so that it waits for a yes from the user.\n'.repeat(14)}`,
      'list of changes',
    ],
    [
      'a report of what was done',
      `I have updated the skill as you asked for in the notes.\n\n${'Step 2 now waits for a yes from the user before it writes. '.repeat(14)}\n`,
      'list of changes',
    ],
    [
      'a text that breaks off',
      `# Remind\n\n${'Every reminder thanks before it asks for the seeds. '.repeat(14)}And then the`,
      'not finished',
    ],
    ['the same text', undefined, 'the same text'],
  ])('is %s, and that is said', async (_what, text, why) => {
    const { draft, analysis, revisions } = await revised(MUST, patches(), (call) => {
      if (call.id === 'draft-i2-1') return { deltas: [LONG(call)] };
      return call.id === 'draft-i2-2' ? { deltas: [text ?? LONG(call)] } : undefined;
    });
    expect(draft?.revision).toBe(1);
    expect(revisions).toEqual([]);
    expect(analysis?.notes).toEqual(MUST.notes);
    expect(analysis?.findings.find(({ rule }) => rule === 'revision.dropped')?.message).toContain(why);
  });

  it('is patches that leave less than half', async () => {
    const cut = patches([
      1,
      { old: '- Empty cells mean "not yet".\n\nCheck that the file has one line for each row.', new: '' },
      { old: OLD, new: '' },
    ]);
    const { draft } = await revised(MUST, cut);
    expect(draft?.body).toContain(OLD);
  });

  it('is what stands behind a rewritten text as its list of changes', async () => {
    const text = `${SECOND}\n---\n\n## Changes made\n\n- Step 2 waits.\n`;
    const { draft } = await revised(MUST, patches(), ({ id }) =>
      id === 'draft-i2-2' ? { deltas: [text] } : undefined,
    );
    expect(draft?.body).toBe(SECOND);
  });
});
