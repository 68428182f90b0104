import { expect, test } from 'vitest';
import type { Plan } from '../../../shared/contract/plan.ts';
import {
  addItem,
  changeItem,
  dropItem,
  mergeIntoAbove,
  moveItem,
  reuseInstead,
  toLines,
  toName,
  toTools,
  writeInstead,
} from '../../../web/run/review/plan-edits.ts';
import { PLAN } from '../support/fixtures.ts';

const names = ({ items }: Plan): readonly string[] => items.map(({ name }) => name);
const OFFER = { owner: 'ada', name: 'log-changes', version: '2.0.0', description: 'Logs changes.' };

test('names are made fit as they are typed', () => {
  expect(toName('Write My  Notes_(2)!')).toBe('write-my-notes-2');
  expect(toName('a'.repeat(80)).length).toBe(64);
});

test('order, and what is at its end stays there', () => {
  expect(names(moveItem(PLAN, 'i2', -1))).toEqual(['write-notes', 'collect-changes', 'conventional-commits']);
  expect(moveItem(PLAN, 'i1', -1)).toBe(PLAN);
  expect(moveItem(PLAN, 'i3', 1)).toBe(PLAN);
});

test('two become one that covers and says what both did', () => {
  const merged = mergeIntoAbove(PLAN, 'i3');
  expect(names(merged)).toEqual(['collect-changes', 'write-notes']);
  expect(merged.items[1]).toMatchObject({
    action: 'create',
    covers: ['c2', 'c4'],
    outline: ['Steps', 'Steps'],
    allowedTools: ['Read'],
  });
  expect(merged.items[1]?.description).toContain('About conventional-commits.');
  expect(mergeIntoAbove(PLAN, 'i1')).toBe(PLAN);
});

test('reused in place of written, and back', () => {
  const reused = reuseInstead(PLAN, 'i1', OFFER);
  expect(reused.items[0]).toMatchObject({
    action: 'reuse',
    name: 'log-changes',
    covers: ['c1'],
    outline: [],
    ref: { owner: 'ada', name: 'log-changes', version: '2.0.0' },
  });
  const written = writeInstead(reused, 'i1');
  expect(written.items[0]).toMatchObject({ action: 'create', outline: ['Logs changes.'] });
  expect(written.items[0]?.ref).toBeUndefined();
});

test('a skill for a need that nothing covers, with an id and a name of its own', () => {
  const [need] = PLAN.uncovered;
  const added = addItem(PLAN, need);
  expect(added.items.at(-1)).toMatchObject({ id: 'i4', name: 'send-the-notes', covers: ['c3'] });
  expect(added.uncovered).toEqual([]);
  const again = addItem(addItem(dropItem(added, 'i1')));
  expect(new Set(again.items.map(({ id }) => id)).size).toBe(again.items.length);
  expect(names(again).slice(-2)).toEqual(['new-skill', 'new-skill-2']);
  const full = Array.from({ length: 20 }).reduce<Plan>((plan) => addItem(plan), PLAN);
  expect(full.items.length).toBe(12);
});

test('text fields are lists', () => {
  expect(toLines(' a \n\n b ')).toEqual(['a', 'b']);
  expect(toTools('Read, Bash(git log:*)  Write')).toEqual(['Read', 'Bash(git log:*)', 'Write']);
  expect(changeItem(PLAN, 'i1', { name: 'x' }).items[0]?.name).toBe('x');
});
