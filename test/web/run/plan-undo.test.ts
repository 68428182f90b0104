import { expect, test } from 'vitest';
import type { Plan, PlanItem } from '../../../shared/contract/plan.ts';
import { fitPlan } from '../../../web/run/review/fit-plan.ts';
import { changeItem, dropItem, mergeIntoAbove, writeInstead } from '../../../web/run/review/plan-edits.ts';
import { insertItem, undoChange } from '../../../web/run/review/take-back.ts';
import { PLAN } from '../support/fixtures.ts';

const itemOf = (plan: Plan, id: string): PlanItem => {
  const item = plan.items.find((one) => one.id === id);
  if (!item) throw new Error(`the plan has no ${id}`);
  return item;
};

test('a dropped skill comes back to its place, and what was changed meanwhile stays', () => {
  const dropped = changeItem(dropItem(PLAN, 'i2'), 'i1', { description: 'Mine.' });
  const back = insertItem(dropped, itemOf(PLAN, 'i2'), 1);
  expect(back.items.map(({ id }) => id)).toEqual(['i1', 'i2', 'i3']);
  expect(back.items[0]?.description).toBe('Mine.');
  expect(insertItem(back, itemOf(PLAN, 'i2'), 1)).toBe(back);
});

test('two that were merged are two again; a field that was changed since stays', () => {
  const merged = mergeIntoAbove(PLAN, 'i2');
  const named = changeItem(merged, 'i1', { name: 'collect-and-write' });
  const apart = insertItem(
    undoChange(named, itemOf(PLAN, 'i1'), itemOf(merged, 'i1')),
    itemOf(PLAN, 'i2'),
    1,
  );
  expect(apart.items[0]).toEqual({ ...itemOf(PLAN, 'i1'), name: 'collect-and-write' });
  expect(apart.items[1]).toEqual(itemOf(PLAN, 'i2'));
});

test('a reused skill that was to be written anew is reused again', () => {
  const anew = writeInstead(PLAN, 'i3');
  expect(undoChange(anew, itemOf(PLAN, 'i3'), itemOf(anew, 'i3'))).toEqual(PLAN);
});

test('a plan that goes without its user has no name and no description that a server refuses', () => {
  const twin = { ...itemOf(PLAN, 'i3'), id: 'i4' };
  const half = changeItem(
    changeItem(changeItem(PLAN, 'i1', { name: 'write-' }), 'i2', {
      name: 'conventional-commits',
      description: ' ',
    }),
    'i3',
    {},
  );
  const fit = fitPlan({ ...half, items: [...half.items, twin] }, PLAN);
  expect(fit.items.map(({ id, name }) => [id, name])).toEqual([
    ['i1', 'collect-changes'],
    ['i2', 'conventional-commits-2'],
    ['i4', 'conventional-commits'],
  ]);
  expect(fit.items[1]?.description).toBe(itemOf(PLAN, 'i2').description);
  expect(fitPlan({ ...PLAN, items: [] }, PLAN)).toBe(PLAN);
  expect(fitPlan(PLAN, PLAN)).toEqual(PLAN);
});
