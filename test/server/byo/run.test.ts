import { afterEach, expect, test, vi } from 'vitest';
import { verifyReceipt } from '../../../server/receipts/verify-receipt.ts';
import { HEARTBEAT_MS } from '../../../server/runs/event-stream.ts';
import { PHASES } from '../../../shared/contract/phase.ts';
import {
  type Envelope,
  envelope,
  type Receipt,
  receipt as receiptShape,
} from '../../../shared/contract/receipt.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { vendorById } from '../../../shared/providers/catalogue.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';

const byo = byoServer();
afterEach(() => void vi.useRealTimers());

const ENDS = ['done', 'failed', 'cancelled'];

function envelopeIn({ events }: RunAnswer): Envelope {
  const event = events.map((one) => one.event).find((one) => one?.event === 'receipt');
  if (event?.event !== 'receipt') throw new Error('the run gave no receipt');
  return event.data;
}

function verified(signed: Envelope): Receipt {
  const receipt = verifyReceipt(signed, byo.config.receiptKey.publicKey);
  if (typeof receipt === 'string') throw new Error(receipt);
  return receipt;
}

async function fetchReceipt(run: string): Promise<Response> {
  return fetch(byo.url + ROUTES.byoReceipt(run));
}

test('plans against what is published for the workspace in which its visitor acts', async () => {
  const { parts } = byo.running;
  const visitor = vi.spyOn(parts, 'visitor').mockResolvedValue({ counted: ['one'], workspaceId: 'w1' });
  const snapshot = vi.spyOn(parts.catalog, 'snapshot');
  expect((await (await byo.open()).answer()).status).toBe(200);
  expect(snapshot.mock.calls).toEqual([['w1']]);
  visitor.mockRestore();
  snapshot.mockRestore();
});

test('tells a run in events of the contract, in order, with one last event behind the receipt', async () => {
  const run = await byo.open();
  const { status, events } = await run.answer();
  expect(status).toBe(200);
  expect(events.filter(({ event }) => event === undefined)).toEqual([]);
  expect(events.map(({ id }) => id)).toEqual(events.map((_, at) => at + 1));

  const starts = events.flatMap(({ event }) =>
    event?.event === 'phase' && event.data.state === 'start' ? [event.data.phase] : [],
  );
  expect(starts).toEqual(PHASES);
  const names = events.map(({ name }) => name);
  expect(names[0]).toBe('run');
  expect(names.indexOf('intent')).toBeLessThan(names.indexOf('plan'));
  expect(names.indexOf('plan')).toBeLessThan(names.indexOf('draft'));
  expect(names.indexOf('draft')).toBeLessThan(names.indexOf('analysis'));
  expect(names.filter((name) => ENDS.includes(name))).toEqual(['done']);
  expect(names.slice(-2)).toEqual(['receipt', 'done']);
  expect(events.at(-1)?.event?.data).toEqual({ drafts: names.filter((name) => name === 'draft').length });
  expect(byo.lineOf(run.run)).toMatchObject({
    msg: 'byo run',
    provider: 'anthropic',
    outcome: 'done',
    status: 200,
  });
});

test('is a stream that nothing on the way may store, change or hold back', async () => {
  const run = await byo.open();
  const { headers } = await run.answer();
  expect(headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-run-id': run.run,
  });
  expect(headers).not.toHaveProperty('etag');
});

test('gives a receipt that verifies and says what the provider saw', async () => {
  const run = await byo.open();
  const answer = await run.answer();
  const receipt = verified(envelopeIn(answer));
  const { journal, origin } = byo.sandbox;
  const usage = answer.events.findLast(({ event }) => event?.event === 'usage')?.event?.data;
  expect(receipt).toMatchObject({
    run: run.run,
    build: 'test',
    credentials: 'user',
    provider: 'anthropic',
    host: new URL(origin).host,
    model: 'claude-x',
    outcome: 'done',
    cancel: null,
    usage,
    rowsWritten: 0,
    auditEntries: 0,
  });
  // No field beside the contract's: what nobody expects, nobody would search.
  const { failure: _, said: __, ...fields } = receiptShape.shape;
  expect(Object.keys(receipt).sort()).toEqual(Object.keys(fields).sort());
  expect(receipt.calls).toHaveLength(journal.length);
  expect(receipt.calls.map(({ status }) => status)).toEqual(journal.map(() => 200));
  expect(receipt.calls.every(({ requestId }) => requestId?.startsWith('req_'))).toBe(true);
  expect(new Set(receipt.calls.map(({ requestId }) => requestId)).size).toBe(journal.length);
});

test('keeps the receipt for whoever knows the run’s id, and for nobody else', async () => {
  const run = await byo.open();
  const answer = await run.answer();
  const found = await fetchReceipt(run.run);
  expect(envelope.parse(await found.json())).toEqual(envelopeIn(answer));
  expect(found.headers.get('cache-control')).toBe('no-store, no-transform');
  for (const other of [run.run.slice(1), `${run.run}x`, 'r'.repeat(22), 'x', '..%2f..%2fetc%2fpasswd']) {
    expect((await fetchReceipt(other)).status, other).toBe(404);
  }
});

test('a receipt that was changed by one byte does not verify', async () => {
  const signed = envelopeIn(await (await byo.open()).answer());
  const payload = Buffer.from(signed.payload, 'base64')
    .toString()
    .replace('"rowsWritten":0', '"rowsWritten":1');
  expect(
    verifyReceipt(
      { ...signed, payload: Buffer.from(payload).toString('base64') },
      byo.config.receiptKey.publicKey,
    ),
  ).toContain('does not match');
});

test('sends a comment while the provider is silent, also before its first byte', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  byo.sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
  const run = await byo.open();
  await expect.poll(() => byo.sandbox.journal.length).toBe(1);
  vi.advanceTimersByTime(HEARTBEAT_MS);
  await run.until(': still here');
  vi.advanceTimersByTime(2 * HEARTBEAT_MS);
  await expect.poll(() => run.text.split(': still here').length - 1).toBe(3);
  expect(run.text.startsWith('event: run\nid: 1\n')).toBe(true);
});

test.each([
  ['anthropic', 'sk-ant-api03-', {}],
  ['openai', 'sk-proj-', {}],
  ['openrouter', 'sk-or-v1-', {}],
  ['google', 'AQ.', {}],
  ['groq', 'gsk_', {}],
  ['azure', '', { site: 'my-resource' }],
  ['bedrock', 'ABSK', { site: 'us-east-1' }],
  ['bedrock-converse', 'ABSK', { site: 'us-east-1' }],
  ['cohere', '', {}],
])(
  'puts a key for %s into that provider’s header, once, and calls it once',
  async (provider, prefix, more) => {
    byo.takeKey(prefix);
    byo.sandbox.script([{ fault: 'openai-500' }]);
    const run = await byo.open({ provider, ...more });
    expect((await run.answer()).status).toBe(503);
    expect(byo.sandbox.journal).toHaveLength(1);
    const auth = vendorById(provider)?.auth;
    const holding = byo.sandbox.journal[0]?.headers.filter(([, value]) => value.includes(byo.key));
    expect(holding).toEqual([[auth?.header, `${auth?.prefix}${byo.key}`]]);
  },
);

test.each([
  [
    'google',
    'AQ.',
    { model: 'gemini-3-pro' },
    /^POST \/v1beta\/models\/gemini-3-pro:streamGenerateContent\?alt=sse$/,
  ],
  [
    'bedrock-converse',
    'ABSK',
    { model: 'us.amazon.nova-pro-v1:0', site: 'us-east-1' },
    /^POST \/model\/us\.amazon\.nova-pro-v1%3A0\/converse-stream$/,
  ],
  ['openai', 'sk-proj-', { model: 'gpt-5.5-pro' }, /^POST \/v1\/responses$/],
])('makes a whole run in the format of %s', async (provider, prefix, more, line) => {
  byo.takeKey(prefix);
  const run = await byo.open({ provider, ...more });
  const { events } = await run.answer();
  expect(events.at(-1)?.name).toBe('done');
  const drafts = events.flatMap(({ event }) => (event?.event === 'draft' ? [event.data.body] : []));
  expect(drafts.length).toBeGreaterThan(0);
  for (const body of drafts) expect(body).toMatch(/^# /);
  const usage = events.findLast(({ name }) => name === 'usage')?.event;
  expect(usage?.data).toMatchObject({ estimated: false });
  for (const { method, path } of byo.sandbox.journal) expect(`${method} ${path}`).toMatch(line);
});

test('logs a run in named fields, and nothing of its request', async () => {
  const answer = await (await byo.open()).answer();
  const { run } = verified(envelopeIn(answer));
  expect(Object.keys(byo.lineOf(run) ?? {}).sort()).toEqual(
    ['level', 'time', 'msg', 'request', 'run', 'provider', 'outcome', 'status', 'phase', 'ms'].sort(),
  );
  expect(byo.lines.filter((line) => line['run'] === run)).toHaveLength(1);
  const { request } = byo.lineOf(run) ?? {};
  expect(answer.headers['x-request-id']).toBe(request);
  await expect
    .poll(() => byo.accessLines.filter((line) => line['request'] === request))
    .toEqual([expect.objectContaining({ method: 'POST', route: '/v1/intent/byo', status: 200 })]);
});

test('the sandbox takes no key and costs nothing', async () => {
  const run = await byo.open({ provider: 'sandbox', model: 'sandbox-1' }, { key: undefined });
  const answer = await run.answer();
  expect(answer.events.at(-1)?.name).toBe('done');
  expect(verified(envelopeIn(answer))).toMatchObject({
    credentials: 'none',
    provider: 'sandbox',
    usage: { costUsd: 0 },
  });
  expect(byo.sandbox.journal, 'the provider that was not asked').toEqual([]);
});

test('counts runs by provider and outcome, and nothing else of them', async () => {
  const series = 'oneturn_byo_runs_total{provider="anthropic",outcome="done"}';
  const before = await byo.metric(series);
  const run = await byo.open({ goal: 'write one skill about a very peculiar zebra' });
  await run.answer();
  expect(await byo.metric(series)).toBe(before + 1);
  expect(await byo.metric('oneturn_active_streams')).toBe(0);
  const text = (await byo.metrics()) + JSON.stringify(byo.lines);
  expect(text).not.toContain('zebra');
  expect(text.replaceAll(`"run":"${run.run}"`, '')).not.toContain(run.run);
});
