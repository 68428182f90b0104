import { expect, test } from 'vitest';
import type { ModelCall } from '../../../../shared/compose/ask.ts';
import { estimateTokens } from '../../../../shared/compose/calls/estimate-tokens.ts';
import { estimateTrial } from '../../../../shared/compose/trials/estimate-trial.ts';
import type { SkillEvals, TrialRequest } from '../../../../shared/contract/evals.ts';
import { GOAL, runCompose } from '../run-compose.ts';
import { createScriptedAsk } from '../scripted-ask.ts';

const EVALS: SkillEvals = {
  item: 'i1',
  load: Array.from({ length: 10 }, (_, n) => `Please write the labels for shelf ${n} out of ledger.xlsx`),
  skip: Array.from({ length: 10 }, (_, n) => `What is written on the label of shelf ${n}, and by whom?`),
  task: {
    prompt: 'Write the labels',
    files: [{ path: 'ledger.csv', content: 'bean;2025\n'.repeat(30) }],
    expectations: [{ text: 'One line for each bean.' }],
  },
};
const REQUEST: TrialRequest = {
  items: [
    {
      ...{
        id: 'i1',
        name: 'write-labels',
        description: 'Writes labels. Use when asked.',
        digest: 'sha256:1',
      },
      body: '1. Read the ledger, and write one label for each row of it.\n'.repeat(60),
      evals: EVALS,
    },
  ],
  others: [],
};
const PRICES = { inputUsd: 3, outputUsd: 15 };

/** The tokens of the prompts that are really sent. */
async function sent(request: TrialRequest): Promise<number> {
  const scripted = createScriptedAsk(({ id }) =>
    id.startsWith('choice-')
      ? { deltas: ['{"choices":[{"message":1,"skills":[]}]}'] }
      : { deltas: ['x'.repeat(2400)] },
  );
  await runCompose(scripted, { input: { trial: request } });
  const first = scripted.calls.filter(({ id }: ModelCall) => !id.endsWith('-repair'));
  return first.reduce((sum, { system, user }) => sum + estimateTokens(system) + estimateTokens(user), 0);
}

test('the estimate is near what is sent, without importing the prompts', async () => {
  const free = { inputUsd: 1_000_000, outputUsd: 0 };
  const input = estimateTrial(GOAL, REQUEST, free).lowUsd ?? 0;
  const real = (await sent(REQUEST)) + 500;
  expect(input).toBeGreaterThan(real * 0.85);
  expect(input).toBeLessThan(real * 1.15);
});

test('evals that are still to be written cost more, and an unknown price is not 0', () => {
  const [item] = REQUEST.items;
  if (!item) throw new Error('the fixture has an item');
  const { evals: _none, ...bare } = item;
  const known = estimateTrial(GOAL, REQUEST, PRICES);
  const unknown = estimateTrial(GOAL, { ...REQUEST, items: [bare] }, PRICES);
  expect(unknown.lowUsd ?? 0).toBeGreaterThan(known.lowUsd ?? 0);
  expect(estimateTrial(GOAL, REQUEST, { inputUsd: null, outputUsd: 1 })).toMatchObject({
    lowUsd: null,
    highUsd: null,
  });
  expect(known.highTokens).toBeGreaterThan(known.lowTokens);
});
