import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MUTANTS } from '../../eval/mutants.ts';
import { evalDeviations, evalGoals } from '../../eval/run-eval.ts';

test('a strong model’s bundles have every fact of their goals in them, and pass', async () => {
  const goals = (await evalGoals()).filter(({ model }) => model === 'strong');
  expect(
    goals.map(({ id, missed, verdicts }) => [id, missed, verdicts.replaceAll('pass', '').trim()]),
  ).toEqual(goals.map(({ id }) => [id, [], '']));
});

test('of a weak and sloppy model nothing is lost, and what its critic asks for is brought in', async () => {
  const goals = (await evalGoals()).filter(({ model }) => model === 'weak');
  expect(goals.length).toBe(3);
  expect(goals.filter(({ ok }) => !ok).map(({ id, missed, verdicts }) => [id, missed, verdicts])).toEqual([]);
});

test('every mutant still fits the text that it breaks', () => {
  const unfit = MUTANTS.filter(({ file, from }) => readFileSync(file, 'utf8').split(from).length !== 2);
  expect(unfit.map(({ name }) => name)).toEqual([]);
});

test('every slip of a weaker model comes to the outcome that it has to', async () => {
  const deviations = await evalDeviations();
  expect(deviations.length).toBeGreaterThan(20);
  expect(deviations.filter(({ ok }) => !ok).map(({ name, outcome }) => [name, outcome])).toEqual([]);
});
