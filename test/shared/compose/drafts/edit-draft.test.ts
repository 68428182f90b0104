import { expect, test } from 'vitest';
import { CRITIQUE_FORM } from '../../../../shared/compose/answers/forms/critique-form.ts';
import { readStructured } from '../../../../shared/compose/answers/read-structured.ts';
import { withBody, withNote } from '../../../../shared/compose/drafts/edit-draft.ts';
import { writeDraft } from '../../../../shared/compose/drafts/write-draft.ts';
import type { Analysis, Note, Plan } from '../../../../shared/contract/plan.ts';
import { digestOf } from '../../../../shared/hashes/sha256.ts';
import { writeSkill } from '../../../../shared/skills/write-skill.ts';
import { runCompose } from '../run-compose.ts';
import { createScriptedAsk } from '../scripted-ask.ts';

const ITEM: Plan['items'][number] = {
  id: 'i1',
  action: 'create',
  name: 'write-labels',
  description: 'Writes labels out of ledger.xlsx. Use when the user asks for labels.',
  covers: ['c1'],
  reason: '',
  outline: [],
  allowedTools: [],
};
const PLAN: Plan = { title: 'Seeds', items: [ITEM], uncovered: [] };
const BODY = '# Labels\n\n1. Open ledger.xlsx.\n2. Write labels.md.\n\nCheck that no row is missing.\n';
const NOTE: Note = {
  text: 'Say which sheet.',
  must: false,
  patch: { old: '1. Open ledger.xlsx.', new: '1. Open the first sheet of ledger.xlsx.' },
};
const OTHER: Note = {
  text: 'Say what is in ledger.xlsx.',
  must: false,
  patch: { old: 'Open ledger.xlsx', new: 'Open ledger.xlsx (loans)' },
};

async function start(analysis: Partial<Analysis> = {}) {
  const draft = await writeDraft(ITEM, 1, { body: BODY }, undefined);
  const scores = { specificity: 8, completeness: 8, safety: 9, goalAlignment: 9 };
  const whole: Analysis = {
    item: 'i1',
    digest: draft.digest,
    verdict: 'pass',
    scores,
    notes: [NOTE, OTHER],
    findings: [],
    overlaps: [],
    ...analysis,
  };
  return { goal: 'Label seeds from ledger.xlsx', draft, analysis: whole, plan: PLAN };
}

test('a note’s own change goes into the text, and what it leaves of the other notes stays', async () => {
  const edit = await start();
  const edited = await withNote(edit, NOTE);
  expect(edited?.draft.body).toBe(
    BODY.replace('1. Open ledger.xlsx.', '1. Open the first sheet of ledger.xlsx.'),
  );
  expect(edited?.draft.revision).toBe(2);
  expect(edited?.draft.digest).toBe(
    await digestOf(writeSkill(edit.draft.manifest, edited?.draft.body ?? '')),
  );
  expect(edited?.analysis.digest).toBe(edited?.draft.digest);
  expect(edited?.analysis.scores).toEqual(edit.analysis.scores);
  // the other one’s old text is not there any more: it is a word again
  expect(edited?.analysis.notes).toEqual([{ text: OTHER.text, must: false }]);
});

test('a change that does not fit the text is none', async () => {
  const edit = await start();
  expect(await withNote(edit, { ...NOTE, patch: { old: 'nowhere', new: 'x' } })).toBeUndefined();
  expect(await withNote(edit, { ...NOTE, patch: { old: 'ledger', new: 'book' } })).toBeDefined();
  expect(await withNote(edit, { ...NOTE, patch: { old: '.', new: '!' } })).toBeUndefined();
  expect(await withNote(edit, { text: 'Shorter.', must: false })).toBeUndefined();
});

test('a body of one’s own is judged by the rules at once, without the marks of the old text', async () => {
  const edit = await start({ findings: [{ rule: 'plan.ref.unknown', severity: 'info', message: 'x' }] });
  const edited = await withBody(edit, `${BODY}\n\`\`\`sh\nrm -rf ~/\n\`\`\`\n`);
  expect(edited.analysis.scores).toBeNull();
  expect(edited.analysis.verdict).not.toBe('pass');
  expect(edited.analysis.findings.map(({ rule }) => rule)).toContain('plan.ref.unknown');
  expect(edited.analysis.findings.some(({ rule }) => rule.startsWith('security.'))).toBe(true);
});

test('a low mark keeps a text in review whatever is changed', async () => {
  const edit = await start({
    scores: { specificity: 4, completeness: 8, safety: 9, goalAlignment: 9 },
    verdict: 'review',
  });
  expect((await withNote(edit, NOTE))?.analysis.verdict).toBe('review');
});

test('the critic’s change is read with its note, and only where it is no must', () => {
  const answer = (must: boolean): string =>
    JSON.stringify({
      notes: [{ where: 'Step 1', text: 'Say which sheet.', must, old: 'a', new: 'b' }],
      specificity: 8,
      completeness: 8,
      safety: 8,
      goalAlignment: 8,
    });
  const read = (must: boolean) => {
    const reading = readStructured(answer(must), CRITIQUE_FORM);
    return reading.kind === 'value' ? reading.value.notes[0] : undefined;
  };
  expect(read(false)?.patch).toEqual({ old: 'a', new: 'b' });
  expect(read(true)).toEqual({ where: 'Step 1', text: 'Say which sheet.', must: true });
});

test('a run tells a change only where it fits the draft that is kept', async () => {
  const notes = [
    { where: '', text: 'Fits.', must: false, old: '1. Read ledger.xlsx, first sheet.', new: '1. Read it.' },
    { where: '', text: 'Does not.', must: false, old: '9. Never written.', new: 'x' },
  ];
  const ask = createScriptedAsk((call) =>
    call.schema?.name === 'critique'
      ? {
          deltas: [JSON.stringify({ notes, specificity: 8, completeness: 8, safety: 8, goalAlignment: 8 })],
        }
      : undefined,
  );
  const run = await runCompose(ask);
  const told = run.of('analysis')[0]?.notes ?? [];
  expect(told.map(({ text, patch }) => [text, patch !== undefined])).toEqual([
    ['Fits.', true],
    ['Does not.', false],
  ]);
});

test('what was told of a draft stays while it is true, whoever changed the text, and no longer', async () => {
  const half = `${BODY}\n\`\`\`sh\nls ledger.xlsx\n`;
  const told = (rule: string) => ({ rule, severity: 'error' as const, message: 'It is not finished.' });
  const draft = await writeDraft(ITEM, 1, { body: half }, undefined);
  const edit = { ...(await start({ verdict: 'review', findings: [told('draft.unfinished')] })), draft };
  const rules = (edited: Awaited<ReturnType<typeof withNote>>) =>
    edited?.analysis.findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('draft.'));

  const noted = await withNote(edit, NOTE);
  expect(rules(noted)).toEqual(['draft.unfinished']);
  expect(noted?.analysis.verdict).toBe('review');
  expect(rules(await withBody(edit, `Read it first.\n\n${half}`))).toEqual(['draft.unfinished']);
  const whole = await withBody(edit, `${half}\`\`\`\n`);
  expect(rules(whole)).toEqual([]);
  expect(whole.analysis.verdict).toBe('pass');

  const twin = { ...edit, analysis: { ...edit.analysis, findings: [told('draft.duplicate')] } };
  expect(rules(await withNote(twin, NOTE))).toEqual(['draft.duplicate']);
});
