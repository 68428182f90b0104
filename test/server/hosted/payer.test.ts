import { afterAll, expect, it, vi } from 'vitest';
import type { OperatorPayer, Paid, Payer } from '../../../server/hosted/payer.ts';
import { hostedPage } from '../../../shared/contract/hosted.ts';
import { failed, signUp } from '../accounts/accounts-app.ts';
import { testStorage } from '../database.ts';
import { ended, GOAL, start, testHosted } from './hosted-app.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A payer between the runs and the operator's, of which one step can be changed for a test. */
let change: Partial<OperatorPayer> = {};
const closed: string[] = [];
let operators: OperatorPayer | undefined;

function between(behind: OperatorPayer): OperatorPayer {
  operators = behind;
  return {
    offer: (owner) => (change.offer ?? behind.offer)(owner),
    quote: (owner, wanted) => (change.quote ?? behind.quote)(owner, wanted),
    admit: (job) => (change.admit ?? behind.admit)(job),
    for: async (job) => {
      const paid = await (change.for ?? behind.for)(job);
      return paid.ok
        ? { ok: true, value: { ...paid.value, close: async () => void closed.push(job.id) } }
        : paid;
    },
  };
}

const hosted = await testHosted(await testStorage(), { payer: between });
afterAll(() => hosted.stop());
const { app, sandbox } = hosted;

async function operatorPays(job: Parameters<Payer['for']>[0]): Promise<Paid> {
  if (operators === undefined) throw new Error('the hosted runs were not started');
  return operators.for(job);
}

it('is asked for each job with its owner, and closed when the attempt is over', async () => {
  const client = await signUp(app);
  const asked = vi.fn(operatorPays);
  change = { for: asked };
  const id = await start(client);
  expect((await ended(client, id)).state).toBe('done');
  expect(asked).toHaveBeenCalledExactlyOnceWith({
    id,
    owner: { userId: expect.any(String), workspaceId: expect.any(String) },
    handle: expect.any(String),
    ...{ provider: 'sandbox', site: undefined, model: 'sandbox-1', credentials: 'none', attempt: 1 },
    request: { ...GOAL, provider: 'sandbox', model: 'sandbox-1' },
    requestId: null,
  });
  expect(closed.filter((one) => one === id)).toHaveLength(1);
});

it('offers and refuses by person, before anything is queued', async () => {
  const client = await signUp(app);
  const failure = { code: 'forbidden' as const, message: 'Your workspace runs nothing here.' };
  change = {
    offer: async () => ({ provider: 'groq', models: ['theirs'], sandbox: false }),
    quote: async () => ({ ok: false, failure }),
  };
  expect(failed(await client.send('POST', '/v1/intent', GOAL))).toEqual({ status: 403, ...failure });
  const page = hostedPage.parse((await client.send('GET', '/v1/intent')).json);
  expect(page).toMatchObject({ runs: [], offer: { provider: 'groq', models: ['theirs'] } });
});

it('can refuse a job when it starts: the run fails with that failure, and asks no provider', async () => {
  const client = await signUp(app);
  const failure = { code: 'unavailable' as const, message: 'What paid for it is gone. Start it again.' };
  change = { for: async () => ({ ok: false, failure }) };
  const before = sandbox.journal.length;
  expect(await ended(client, await start(client))).toMatchObject({ state: 'failed', failure });
  expect(sandbox.journal).toHaveLength(before);
});

it('is refused itself when other credentials would be charged than the job was queued for', async () => {
  const client = await signUp(app);
  change = {
    for: async (job) => {
      const paid = await operatorPays(job);
      return paid.ok ? { ok: true, value: { ...paid.value, charges: 'operator' } } : paid;
    },
  };
  const before = sandbox.journal.length;
  const id = await start(client);
  expect(await ended(client, id)).toMatchObject({
    state: 'failed',
    credentials: 'none',
    failure: { code: 'unavailable' },
  });
  expect(sandbox.journal).toHaveLength(before);
  expect(closed).toContain(id);
});
