import { describe, expect, test } from 'vitest';
import type { EventData, EventName } from '../../../shared/contract/events.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';

const byo = byoServer();

function last<N extends EventName>({ events }: RunAnswer, name: N): EventData<N> {
  const found = events.findLast(({ event }) => event?.event === name)?.event;
  if (!found) throw new Error(`the run had no ${name}`);
  return found.data as EventData<N>; // as: of that name
}
const phases = (): string[] => byo.sandbox.journal.map(({ phase }) => phase);

/** An earlier run that lost one of its drafts. */
async function unfinished() {
  byo.sandbox.script([
    { phase: 'draft', prompt: 'Your last answer could not be used.', stop: { how: 'end', after: 4 } },
    { phase: 'draft', nth: 2, stop: { how: 'end', after: 4 } },
  ]);
  const answer = await (await byo.open()).answer();
  byo.sandbox.script([]);
  byo.sandbox.clear();
  const intent = last(answer, 'intent');
  const plan = last(answer, 'plan');
  const drafted = answer.events.flatMap(({ event }) => (event?.event === 'draft' ? [event.data] : []));
  const missing = plan.items.find(({ id }) => !drafted.some(({ item }) => item === id));
  if (!missing) throw new Error('no draft is missing');
  return { intent, plan, drafted, missing };
}

describe('redoing what is missing', () => {
  test('writes and analyzes that item alone, from the earlier plan', async () => {
    const { intent, plan, missing } = await unfinished();
    const answer = await (
      await byo.open({ redraft: { intent, plan, items: [{ id: missing.id }] } })
    ).answer();
    expect(answer.events.at(-1)).toMatchObject({ name: 'done', event: { data: { drafts: 1 } } });
    expect(last(answer, 'draft')).toMatchObject({ item: missing.id, manifest: { name: missing.name } });
    expect(phases()).toEqual(['draft', 'critique']);
  });

  test('with a body judges that body and writes nothing', async () => {
    const { intent, plan, drafted } = await unfinished();
    const [first] = drafted;
    const body = `${first?.body}\n\nAsk before anything is deleted.\n`;
    const answer = await (
      await byo.open({ redraft: { intent, plan, items: [{ id: first?.item, body }] } })
    ).answer();
    expect(last(answer, 'draft')).toMatchObject({ item: first?.item });
    expect(last(answer, 'draft').body).toContain('Ask before anything is deleted.');
    expect(last(answer, 'draft').digest).not.toBe(first?.digest);
    expect(phases()).toEqual(['critique']);
  });

  test.each([
    ['an item that is not in the plan', (id: string) => [{ id: `${id}x` }]],
    ['an empty body', (id: string) => [{ id, body: ' ' }]],
    ['no item', () => []],
    ['a field of its own', (id: string) => [{ id, key: 'x' }]],
  ])('refuses %s', async (_, items) => {
    const { intent, plan, missing } = await unfinished();
    const answer = await (await byo.open({ redraft: { intent, plan, items: items(missing.id) } })).answer();
    expect([400, 422]).toContain(answer.status);
    expect(answer.failure?.field).toMatch(/^redraft/);
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('refuses a plan with a field that no plan has', async () => {
    const { intent, plan, missing } = await unfinished();
    const forged = {
      ...plan,
      items: plan.items.map((item) => ({ ...item, baseUrl: 'http://evil.example' })),
    };
    const answer = await (
      await byo.open({ redraft: { intent, plan: forged, items: [{ id: missing.id }] } })
    ).answer();
    expect({ status: answer.status, field: answer.failure?.field }).toEqual({
      status: 422,
      field: 'redraft.plan.items.0.baseUrl',
    });
  });
});

describe('a spending cap', () => {
  test('in tokens stops the run, keeps what is done and says which it was', async () => {
    const answer = await (await byo.open({ caps: { tokens: 4000 } })).answer();
    expect(answer.failure).toMatchObject({ code: 'budget_exhausted', reason: 'cap' });
    expect(answer.failure?.message).toContain('4,000 tokens');
    expect(answer.events.map(({ name }) => name)).toContain('plan');
    expect(answer.events.at(-1)?.name).toBe('failed');
  });

  test('in USD stops the run by the model’s price', async () => {
    const model = 'claude-sonnet-4-5';
    const whole = await (await byo.open({ model })).answer();
    const { costUsd } = last(whole, 'usage');
    expect(costUsd).toBeGreaterThan(0);
    const answer = await (await byo.open({ model, caps: { costUsd: (costUsd ?? 0) / 2 } })).answer();
    expect(answer.failure).toMatchObject({ code: 'budget_exhausted', reason: 'cap' });
    expect(last(answer, 'usage').costUsd).toBeLessThan(costUsd ?? 0);
  });

  test('in USD is refused where no price is known, before anyone is called', async () => {
    const answer = await (await byo.open({ caps: { costUsd: 1 } })).answer();
    expect(answer.status).toBe(400);
    expect(answer.failure).toMatchObject({ code: 'invalid_request', field: 'caps.costUsd' });
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('in the middle of a draft closes the provider’s connection at once', async () => {
    byo.sandbox.script([{ phase: 'draft', stop: { how: 'flood', after: 3 } }]);
    const answer = await (
      await byo.open({ goal: 'write one skill that lists files', caps: { tokens: 8000 } })
    ).answer();
    expect(answer.failure).toMatchObject({ code: 'budget_exhausted' });
    await expect.poll(() => byo.sandbox.journal.filter(({ ended }) => ended === 'aborted').length).toBe(1);
  });
});

describe('the key in any other field', () => {
  const item = { id: 'a', name: 'list-files', description: 'Lists files. Use when asked.' };
  const plan = {
    title: 'Files',
    items: [{ ...item, action: 'create', covers: ['c1'], reason: '', outline: [], allowedTools: [] }],
    uncovered: [],
  };
  const intent = {
    kind: 'single',
    summary: 'Lists files',
    capabilities: [{ id: 'c1', need: 'list files' }],
    constraints: [],
    assumptions: [],
  };
  const draft = { ...item, body: '# Files\n\nList them.\n', digest: 'd' };
  const prompts = (one: string) => ({ item: 'a', load: [one], skip: [] });

  test.each([
    ['goal', (key: string) => ({ goal: `List files with ${key} at night` })],
    [
      'redraft',
      (key: string) => ({ redraft: { intent, plan, items: [{ id: 'a', body: 'x', notes: [key] }] } }),
    ],
    ['redraft', (key: string) => ({ redraft: { intent, plan, items: [{ id: 'a', body: `Use ${key}` }] } })],
    [
      'redraft',
      (key: string) => ({ redraft: { intent, plan: { ...plan, title: key }, items: [{ id: 'a' }] } }),
    ],
    [
      'trial',
      (key: string) => ({ trial: { items: [{ ...draft, evals: prompts(`Say ${key}`) }], others: [] } }),
    ],
    [
      'trial',
      (key: string) => ({ trial: { items: [{ ...draft, body: `# Files\n\n${key}\n` }], others: [] } }),
    ],
  ])('is refused in %s before anything is sent', async (field, body) => {
    const spelled = [byo.key, Buffer.from(byo.key).toString('base64')];
    for (const key of spelled) {
      const { status, failure, text } = await (await byo.open(body(key))).answer();
      expect({ status, code: failure?.code, field: failure?.field }).toEqual({
        status: 422,
        code: 'invalid_field',
        field,
      });
      expect(text).not.toContain(byo.key.slice(-24));
    }
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('is not seen in a vendor’s prefix, which is in every manual', async () => {
    const { status } = await (await byo.open({ goal: 'find keys like sk-ant-api03- in files' })).answer();
    expect(status).toBe(200);
  });
});
