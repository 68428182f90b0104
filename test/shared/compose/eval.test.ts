import { expect, test } from 'vitest';
import { evalDeviations, evalGoals } from '../../eval/run-eval.ts';

test('a strong model’s bundles have every fact of their goals in them, and pass', async () => {
  const goals = await evalGoals();
  expect(
    goals.map(({ id, missed, verdicts }) => [id, missed, verdicts.replaceAll('pass', '').trim()]),
  ).toEqual(goals.map(({ id }) => [id, [], '']));
});

test('every slip of a weaker model comes to the outcome that it has to', async () => {
  const deviations = await evalDeviations();
  expect(deviations.length).toBeGreaterThan(20);
  expect(deviations.filter(({ ok }) => !ok).map(({ name, outcome }) => [name, outcome])).toEqual([]);
});
