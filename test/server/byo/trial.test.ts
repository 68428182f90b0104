import { describe, expect, test } from 'vitest';
import { scoreTrial } from '../../../shared/compose/trials/score-trial.ts';
import type { EventData, EventName } from '../../../shared/contract/events.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';

// After each test the canary key is searched for in responses, logs, metrics, files and the provider's journal.
const byo = byoServer();

function all<N extends EventName>({ events }: RunAnswer, name: N): readonly EventData<N>[] {
  // as: the filter leaves the events of that name
  return events.flatMap(({ event }) => (event?.event === name ? [event.data as EventData<N>] : []));
}
const phases = (): string[] => byo.sandbox.journal.map(({ phase }) => phase);

/** What a composed run sends back to have its skills tried. */
async function composed() {
  const answer = await (await byo.open()).answer();
  byo.sandbox.clear();
  const [plan] = all(answer, 'plan').slice(-1);
  if (!plan) throw new Error('the run had no plan');
  const items = plan.items.flatMap(({ id, name, description }) => {
    const draft = all(answer, 'draft').findLast(({ item }) => item === id);
    return draft ? [{ id, name, description, body: draft.body, digest: draft.digest }] : [];
  });
  return { items, others: [] };
}

describe('trying skills on the user’s key', () => {
  test('writes how they are tried, has the model choose, does the tasks and judges them', async () => {
    const trial = await composed();
    const answer = await (await byo.open({ trial })).answer();
    expect(answer.events.at(-1)?.name).toBe('done');
    expect(new Set(phases())).toEqual(new Set(['evals', 'choices', 'task', 'judgement']));
    expect(phases().filter((phase) => phase === 'choices')).toHaveLength(trial.items.length);

    for (const { id, name, digest } of trial.items) {
      const evals = all(answer, 'evals').find(({ item }) => item === id);
      expect([evals?.load.length, evals?.skip.length]).toEqual([10, 10]);
      const result = all(answer, 'trial').findLast(({ item }) => item === id);
      if (!result) throw new Error(`${name} was not tried`);
      expect(result).toMatchObject({ digest, provider: 'anthropic', prompts: { length: 20 } });
      // The sandbox goes by words in common: mostly right, and not always.
      const { loaded, shouldLoad, skipped, shouldSkip, silent } = scoreTrial(result, name);
      expect([shouldLoad, shouldSkip, silent]).toEqual([10, 10, 0]);
      expect(loaded + skipped).toBeGreaterThanOrEqual(12);
      expect(loaded + skipped).toBeLessThan(20);
      expect(result.task?.verdicts.some(({ passed }) => passed === true)).toBe(true);
    }
    expect(all(answer, 'usage').at(-1)?.outputTokens).toBeGreaterThan(0);
    expect(all(answer, 'receipt')).toHaveLength(1);
  });

  test('tries by evals that it is given, without writing any', async () => {
    const trial = await composed();
    const [first] = trial.items;
    const evals = { item: 'x', load: ['Write the release notes'], skip: ['What is a release?'] };
    const answer = await (
      await byo.open({
        trial: {
          items: [{ ...first, evals }],
          others: trial.items.slice(1).map(({ name, description }) => ({ name, description })),
        },
      })
    ).answer();
    expect(phases()).toEqual(['choices']);
    expect(
      all(answer, 'trial')
        .at(-1)
        ?.prompts.map(({ text }) => text),
    ).toEqual([...evals.load, ...evals.skip]);
  });

  test('leaving closes the provider’s connection, and the receipt says so', async () => {
    const trial = await composed();
    byo.sandbox.script([{ phase: 'evals', held: true }]);
    const live = await byo.open({ trial });
    await live.until('"call":"evals-');
    live.leave('reset');
    await byo.quiet();
    expect(byo.lineOf(live.run)).toMatchObject({ outcome: 'cancelled', status: 499 });
    byo.sandbox.script([]);
  });

  test.each([
    ['no skill', (trial: object) => ({ ...trial, items: [] })],
    ['a field of its own', (trial: object) => ({ ...trial, key: 'x' })],
    [
      'an empty text',
      (trial: { items: readonly object[] }) => ({ ...trial, items: [{ ...trial.items[0], body: '' }] }),
    ],
    [
      'one skill twice',
      (trial: { items: readonly object[] }) => ({ ...trial, items: [trial.items[0], trial.items[0]] }),
    ],
  ])('refuses %s, and calls no one', async (_, change) => {
    const trial = await composed();
    const answer = await (await byo.open({ trial: change(trial) })).answer();
    expect([answer.status, answer.failure?.code]).toEqual([422, 'invalid_field']);
    expect(byo.sandbox.journal).toEqual([]);
  });
});
