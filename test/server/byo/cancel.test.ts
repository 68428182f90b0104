import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import type { Rule } from '../../sandbox/script.ts';
import { byoServer } from './support/byo-server.ts';
import { begin, type Expected, expectLeft } from './support/leaving.ts';
import type { LiveRun } from './support/live-run.ts';
import { openSocket } from './support/raw-http.ts';

const byo = byoServer();
const ONE = { goal: 'write one skill that lists files' };
const WAYS = ['fin', 'reset', 'half'] as const;

const begun = (script: readonly Rule[], requests: number, body = {}): Promise<LiveRun> =>
  begin(byo, { script, requests }, body);
const leaves = (run: LiveRun, how: (typeof WAYS)[number], expected: Expected): Promise<void> =>
  expectLeft(byo, run, () => run.leave(how), expected);

describe.each(WAYS)('a client that leaves by %s closes the provider’s connection', (how) => {
  test('in the wait for the head, before the provider’s first byte', async () => {
    const run = await begun([{ stop: { how: 'hang', after: 'nothing' } }], 1);
    expect(run.head).toBe('');
    await leaves(run, how, { phase: 'classifying', requests: 1, aborted: 1 });
  });

  test('when its stream is open and the provider’s has only its head', async () => {
    const run = await begun([{ stop: { how: 'hang', after: 'head' } }], 1);
    await run.until('event: run');
    await leaves(run, how, { phase: 'classifying', requests: 1, aborted: 1 });
  });

  test('in the middle of an answer', async () => {
    const run = await begun([{ phase: 'draft', stop: { how: 'hang', after: 8 } }], 3, ONE);
    await run.until('event: text');
    await leaves(run, how, { phase: 'drafting', requests: 3, aborted: 1 });
  });

  test('in the middle of several answers at once', async () => {
    const run = await begun([{ phase: 'draft', stop: { how: 'hang', after: 8 } }], 5);
    await run.until('event: text');
    await leaves(run, how, { phase: 'drafting', requests: 5, aborted: 3 });
  });

  test('between two phases', async () => {
    const run = await begun([{ phase: 'plan', stop: { how: 'hang', after: 'nothing' } }], 2);
    await run.until('event: intent');
    await leaves(run, how, { phase: 'planning', requests: 2, aborted: 1 });
  });

  test('while a draft is judged', async () => {
    const run = await begun([{ phase: 'critique', stop: { how: 'hang', after: 'nothing' } }], 4, ONE);
    await run.until('"phase":"analyzing"');
    await leaves(run, how, { phase: 'analyzing', requests: 4, aborted: 1 });
  });

  test('in the wait for a rate limit, and is not called again', async () => {
    const run = await begun([{ fault: 'openai-429-date' }], 1);
    await run.until('"state":"waiting"');
    await leaves(run, how, { phase: 'classifying', requests: 1, aborted: 0 });
  });

  test('when its body was larger than a read buffer', async () => {
    const run = await begun([{ stop: { how: 'hang', after: 'nothing' } }], 1, { goal: '版'.repeat(20_000) });
    await leaves(run, how, { phase: 'classifying', requests: 1, aborted: 1 });
  });
});

test('a client that has left makes no request before its first one', async () => {
  const asked = once(byo.running.server, 'request');
  const run = await byo.open({}, { cutBodyAt: 20 });
  await asked;
  run.leave('fin');
  await expect
    .poll(() => byo.lineOf(run.run))
    .toMatchObject({ msg: 'byo refused', status: 499, code: 'cancelled' });
  expect(byo.sandbox.journal).toEqual([]);
});

test('a client that leaves a body unread that is larger than any buffer is noticed', async () => {
  const lines = [
    `POST ${ROUTES.byo} HTTP/1.1`,
    'host: localhost',
    `content-length: ${1 << 24}`,
    `${KEY_HEADER}: ${byo.key}`,
    '',
    '',
  ];
  const accepted = once(byo.running.server, 'connection');
  const socket = await openSocket(byo.url, lines.join('\r\n'));
  const [theirs]: Socket[] = await accepted;
  const closed = theirs && once(theirs, 'close');
  socket.write(Buffer.alloc(1 << 20, 0x20));
  await once(socket, 'data');
  socket.destroy();
  await closed;
  expect(theirs?.destroyed).toBe(true);
});

test('a run that waits behind another one on the same connection ends with it', async () => {
  byo.sandbox.script([{ stop: { how: 'hang', after: 'head' } }]);
  const body = JSON.stringify({ ...ONE, provider: 'anthropic', model: 'claude-x' });
  const head = [
    `POST ${ROUTES.byo} HTTP/1.1`,
    'host: localhost',
    `content-length: ${body.length}`,
    `${KEY_HEADER}: ${byo.key}`,
    '',
    '',
  ].join('\r\n');
  const socket = await openSocket(byo.url, head + body + head + body);
  await expect.poll(() => byo.sandbox.journal.length).toBe(2);
  socket.destroy();
  await byo.quiet();
  expect(byo.sandbox.counters.aborted).toBe(2);
});

test('a run that one client leaves does not touch the run of another', async () => {
  byo.sandbox.script([{ phase: 'draft', held: true }]);
  const staying = await byo.open(ONE);
  const leaving = await byo.open(ONE);
  await leaving.until('event: plan');
  leaving.leave('reset');
  await expect.poll(() => byo.sandbox.counters.aborted).toBe(1);
  byo.sandbox.release();
  const answer = await staying.answer();
  expect(answer.events.at(-1)?.name).toBe('done');
  expect(byo.lineOf(leaving.run)).toMatchObject({ status: 499 });
});

test('the next run goes out on a connection of its own, not on one with half an answer', async () => {
  const run = await begun([{ stop: { how: 'hang', after: 4 } }], 1);
  await run.until('event: run');
  run.leave('fin');
  await byo.quiet();
  const used = byo.sandbox.journal[0]?.connection;
  byo.sandbox.script([]);
  byo.sandbox.clear();
  await (await byo.open(ONE)).answer();
  expect(byo.sandbox.journal.map(({ connection }) => connection)).not.toContain(used);
});

test('a key check that its client leaves ends at the provider too', async () => {
  byo.sandbox.script([{ stop: { how: 'hang', after: 'nothing' } }]);
  const run = await byo.open({ goal: undefined }, { path: ROUTES.byoCheck });
  await expect.poll(() => byo.sandbox.journal.length).toBe(1);
  run.leave('fin');
  await expect.poll(() => byo.sandbox.counters.aborted).toBe(1);
});

describe('a client that vanishes without a word', () => {
  const limited = byoServer({ RUN_LIMIT_MS: '1000' });

  test('is ended by the run’s time limit, which it is told should it still be there', async () => {
    limited.sandbox.script([{ phase: 'draft', stop: { how: 'drip', after: 4, everyMs: 10 } }]);
    const run = await limited.open(ONE);
    await run.until('event: text');
    run.socket.pause();
    await limited.quiet();
    expect(limited.sandbox.counters.aborted).toBe(1);
    expect(limited.lineOf(run.run)).toMatchObject({
      outcome: 'failed',
      status: 504,
      code: 'provider_timeout',
      reason: 'run_time',
    });
    run.socket.resume();
    expect((await run.answer()).failure).toMatchObject({ code: 'provider_timeout', reason: 'run_time' });
  });
});
