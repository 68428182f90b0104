import { describe, expect, test } from 'vitest';
import { HEAD_WAIT_MS } from '../../../server/byo/byo-parts.ts';
import type { HttpFaultName } from '../../sandbox/faults.ts';
import { byoServer } from './support/byo-server.ts';

const byo = byoServer();

/** What a provider says, and what becomes of it, in a status when it comes at once. */
const REFUSALS: readonly (readonly [HttpFaultName, number, object])[] = [
  ['anthropic-401', 422, { code: 'key_rejected' }],
  ['anthropic-402', 422, { code: 'key_rejected', reason: 'no_credit' }],
  ['anthropic-403', 422, { code: 'key_rejected', reason: 'no_access' }],
  ['anthropic-404', 400, { code: 'invalid_request', reason: 'model_not_found', field: 'model' }],
  ['openai-429-none', 429, { code: 'rate_limited' }],
  ['anthropic-429-spend', 422, { code: 'key_rejected', reason: 'no_credit' }],
  ['anthropic-500', 503, { code: 'provider_overloaded' }],
  ['anthropic-529', 503, { code: 'provider_overloaded' }],
  ['openai-503', 503, { code: 'provider_overloaded', retryAfterSeconds: 5 }],
];

describe('a refusal before the first byte', () => {
  test.each(REFUSALS)('%s is a %i', async (fault, status, failure) => {
    byo.sandbox.script([{ fault }]);
    const run = await byo.open();
    const answer = await run.answer();
    expect(answer.status).toBe(status);
    expect(answer.failure).toMatchObject(failure);
    expect(answer.headers).toMatchObject({
      'x-run-id': run.run,
      'content-type': 'application/json',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['cache-control']).toBe('no-store, no-transform');
    expect(byo.sandbox.journal).toHaveLength(1);
    expect(byo.lineOf(run.run)).toMatchObject({ outcome: 'failed', status, code: answer.failure?.code });
  });

  test('has the time to wait in its head and in its body, when it is too long to be waited for', async () => {
    byo.sandbox.script([
      {
        reply: {
          status: 429,
          headers: { 'retry-after': '3000' },
          body: '{"error":{"type":"rate_limit_error"}}',
        },
      },
    ]);
    const answer = await (await byo.open()).answer();
    expect(answer.status).toBe(429);
    expect(answer.headers['retry-after']).toBe('3000');
    expect(answer.failure).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 3000 });
    expect(answer.failure?.message).toContain('3000 s');
  });

  test('is a status while it is waited for, and an event after that', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401', waitMs: 100 }]);
    expect((await (await byo.open()).answer()).status).toBe(422);

    const { parts } = byo.running;
    const { headWaitMs } = parts;
    expect(HEAD_WAIT_MS).toBe(1000);
    Object.assign(parts, { headWaitMs: 1 });
    byo.sandbox.script([{ fault: 'anthropic-401', held: true }]);
    const run = await byo.open();
    await expect.poll(() => run.head).not.toBe('');
    Object.assign(parts, { headWaitMs });
    byo.sandbox.release();
    const late = await run.answer();
    expect(late.status).toBe(200);
    expect(late.failure).toMatchObject({ code: 'key_rejected' });
  });

  test('leaves a receipt', async () => {
    byo.sandbox.script([{ fault: 'anthropic-401' }]);
    const run = await byo.open();
    await run.answer();
    const response = await fetch(`${byo.url}/v1/intent/byo/${run.run}/receipt`);
    const { payload } = (await response.json()) as { payload: string }; // as: an envelope
    expect(JSON.parse(Buffer.from(payload, 'base64').toString())).toMatchObject({
      outcome: 'failed',
      failure: 'key_rejected',
      calls: [{ phase: 'classifying', status: 401 }],
      usage: { inputTokens: 0, outputTokens: 0, costUsd: 0 },
    });
  });
});

describe('the same refusal later in the run', () => {
  test.each(REFUSALS)(
    '%s is the last event, with the body that the status would have had',
    async (fault, _, failure) => {
      byo.sandbox.script([{ fault }]);
      const status = await (await byo.open()).answer();
      byo.sandbox.script([{ phase: 'plan', fault }]);
      const answer = await (await byo.open()).answer();
      expect(answer.status).toBe(200);
      expect(answer.events.at(-1)).toMatchObject({ name: 'failed', event: { data: { error: failure } } });
      expect(answer.failure).toEqual(status.failure);
      expect(answer.events.map(({ name }) => name).slice(-2)).toEqual(['receipt', 'failed']);
    },
  );

  test('keeps the drafts that were written before it', async () => {
    byo.sandbox.script([{ phase: 'draft', nth: 2, fault: 'anthropic-401', waitMs: 100 }]);
    const answer = await (await byo.open()).answer();
    expect(answer.failure).toMatchObject({ code: 'key_rejected' });
    const drafts = answer.events.filter(({ name }) => name === 'draft');
    expect(drafts.length).toBeGreaterThan(0);
    expect(answer.events.at(-1)?.name).toBe('failed');
  });

  test('of one answer only leaves the others theirs: the run is done', async () => {
    byo.sandbox.script([
      { phase: 'draft', prompt: 'Your last answer could not be used.', stop: { how: 'end', after: 4 } },
      { phase: 'draft', nth: 2, stop: { how: 'end', after: 4 } },
    ]);
    const answer = await (await byo.open()).answer();
    expect(answer.events.at(-1)).toMatchObject({ name: 'done', event: { data: { drafts: 2 } } });
    expect(
      answer.events.filter(
        ({ event }) => event?.event === 'call' && event.data.error?.reason === 'truncated',
      ),
    ).toHaveLength(2);
  });
});

describe('a rate limit that fits into the run', () => {
  test('is waited out, visibly, and the run goes on', async () => {
    byo.sandbox.script([{ fault: 'anthropic-529-retry', times: 1 }]);
    const answer = await (await byo.open()).answer();
    expect(answer.status).toBe(200);
    const waiting = answer.events.flatMap(({ event }) =>
      event?.event === 'call' && event.data.state === 'waiting' ? [event.data] : [],
    );
    expect(waiting).toEqual([{ call: 'classify', phase: 'classifying', state: 'waiting', waitSeconds: 1 }]);
    expect(answer.events.at(-1)?.name).toBe('done');
    expect(byo.sandbox.journal.filter(({ phase }) => phase === 'classification')).toHaveLength(2);
  });
});
