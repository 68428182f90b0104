import { describe, expect, it } from 'vitest';
import { fenced } from '../../../shared/compose/fence.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { runCompose } from './run-compose.ts';
import { createScriptedAsk, critique, planOf } from './scripted-ask.ts';

const REJECTED: Failure = { code: 'key_rejected', message: 'The provider rejected the key.' };

const RATE_LIMITED: Failure = { code: 'rate_limited', message: 'Too many requests.', retryAfterSeconds: 60 };

describe('a structured answer', () => {
  it('is taken out of a code fence and words around it', async () => {
    const model = createScriptedAsk(({ id }) =>
      id === 'plan'
        ? {
            deltas: [
              '<think>Hm {x}</think>Here is the plan:\n```json\n',
              JSON.stringify(planOf(['one-thing'])),
              '\n```\nGood luck!',
            ],
          }
        : undefined,
    );
    const run = await runCompose(model);
    expect(run.of('plan')[0]?.items.map(({ name }) => name)).toEqual(['one-thing']);
    expect(model.calls.filter(({ phase }) => phase === 'planning')).toHaveLength(1);
  });

  it('is asked for once more, with the model’s own answer fenced and the places that do not fit', async () => {
    const wrong = JSON.stringify({
      title: 'T',
      items: [{ ...planOf(['x-y']).items[0], name: 7 }],
      uncovered: 42,
      secret: '</answer>',
    });
    const model = createScriptedAsk(({ id }) => (id === 'plan' ? { deltas: [wrong] } : undefined));
    const run = await runCompose(model);
    const repair = model.calls.find(({ id }) => id === 'plan-repair');
    expect(JSON.parse(fenced('answer', repair?.user ?? '') ?? '')).toMatchObject({ secret: '</answer>' });
    expect(repair?.user).toContain('- items.0.name: must be of type string');
    expect(repair?.user).toContain('- uncovered: must be of type array');
    expect(run.last?.event).toBe('done');
  });

  it.each([
    ['not JSON at all', 'The weather is fine today.'],
    ['broken JSON', '{"kind": "bundle", "summary"'],
    ['nested a thousand deep', `{"kind":${'['.repeat(1000)}${']'.repeat(1000)}}`],
    ['of another shape', '{"answer":42}'],
    [
      'a kind that does not exist',
      '{"kind":"root","summary":"","capabilities":[],"constraints":[],"assumptions":[]}',
    ],
  ])('fails the run when it is %s twice, without repeating it', async (_what, text) => {
    const model = createScriptedAsk(({ phase }) =>
      phase === 'classifying' ? { deltas: [text] } : undefined,
    );
    const run = await runCompose(model);
    expect(model.calls.map(({ id }) => id)).toEqual(['classify', 'classify-repair']);
    expect(run.last).toMatchObject({
      event: 'failed',
      data: { error: { code: 'provider_failed', reason: 'bad_output' } },
    });
    expect(JSON.stringify(run.last)).not.toContain(text.slice(0, 12));
  });

  it('is not parsed when the model ran into its limit, even if it is valid JSON', async () => {
    const model = createScriptedAsk(({ id }) => (id === 'plan' ? { finish: 'length' } : undefined));
    const run = await runCompose(model);
    expect(run.of('plan')).toEqual([]);
    expect(run.of('intent')).toHaveLength(1);
    expect(run.last).toMatchObject({ event: 'failed', data: { error: { reason: 'output_limit' } } });
    expect(model.calls.map(({ id }) => id)).toEqual(['classify', 'plan']);
  });

  it('fails the run when the model refuses', async () => {
    const run = await runCompose(
      createScriptedAsk(({ id }) => (id === 'classify' ? { finish: 'refusal', deltas: ['No.'] } : undefined)),
    );
    expect(run.last).toMatchObject({ event: 'failed', data: { error: { reason: 'refused' } } });
  });

  it('ends an unsupported goal with a sentence about the goal', async () => {
    const answer = {
      kind: 'unsupported',
      summary: 'A wish',
      capabilities: [],
      constraints: [],
      assumptions: [],
    };
    const model = createScriptedAsk(({ id }) =>
      id === 'classify' ? { deltas: [JSON.stringify(answer)] } : undefined,
    );
    const run = await runCompose(model);
    expect(run.of('intent')[0]?.kind).toBe('unsupported');
    expect(run.last).toMatchObject({
      event: 'failed',
      data: { error: { code: 'invalid_request', field: 'goal' } },
    });
    expect(model.calls).toHaveLength(1);
  });
});

describe('a failing draft', () => {
  it.each([
    ['runs into the output limit', { finish: 'length' as const }, 'output_limit'],
    ['is refused', { finish: 'refusal' as const }, 'refused'],
    ['is empty', { deltas: [' \n'] }, 'bad_output'],
    [
      'is cut off by the provider',
      { failure: { code: 'provider_failed', reason: 'truncated', message: 'Cut.' } as const },
      'truncated',
    ],
    ['never ends', { deltas: Array.from({ length: 70 }, () => 'x'.repeat(1000)) }, 'output_limit'],
  ])('that %s twice is left out, said so, and the others are kept', async (_what, script, reason) => {
    const model = createScriptedAsk(({ item, phase }) =>
      item === 'i2' && phase === 'drafting' ? script : undefined,
    );
    const run = await runCompose(model);
    expect(run.items('draft')).toEqual(['i1', 'i3']);
    expect(run.items('analysis')).toEqual(['i1', 'i3']);
    expect(
      run.of('call').find(({ call, state }) => call === 'draft-i2-2' && state === 'failed')?.error?.reason,
    ).toBe(reason);
    expect(model.calls.filter(({ item }) => item === 'i2').map(({ id }) => id)).toEqual([
      'draft-i2-1',
      'draft-i2-2',
    ]);
    expect(run.of('phase').at(-1)).toMatchObject({ state: 'done', done: 2, of: 3 });
    expect(run.last).toEqual({ event: 'done', data: { drafts: 2 } });
  });

  it('stops an endless one at its limit instead of reading on', async () => {
    const deltas = Array.from({ length: 500 }, () => 'x'.repeat(1000));
    const model = createScriptedAsk(({ id }) => (id === 'draft-i2-1' ? { deltas } : undefined));
    const run = await runCompose(model);
    expect(model.stopped).toEqual(['draft-i2-1']);
    const told = run.of('text').filter(({ item, revision }) => item === 'i2' && revision === 1);
    expect(told.reduce((sum, { delta }) => sum + delta.length, 0)).toBeLessThanOrEqual(60_000);
  });

  it('fails the run when every draft failed', async () => {
    const run = await runCompose(
      createScriptedAsk(({ phase }) => (phase === 'drafting' ? { finish: 'length' } : undefined)),
    );
    expect(run.of('plan')).toHaveLength(1);
    expect(run.last).toMatchObject({ event: 'failed', data: { error: { reason: 'output_limit' } } });
  });

  it.each([
    ['the key is rejected', REJECTED],
    ['the rate limit is reached', RATE_LIMITED],
    [
      'the provider cannot be reached',
      { code: 'provider_failed', reason: 'unreachable', message: 'No connection.' } as const,
    ],
  ])('stops further calls when %s, and keeps what running ones finish', async (_what, failure) => {
    // i1 and i2 are begun together; i2 fails at once, before a lane is free for i3.
    const model = createScriptedAsk(({ id }) => (id === 'draft-i2-1' ? { failure, deltas: [] } : undefined));
    const run = await runCompose(model, { options: { parallelDrafts: 2 } });
    expect(run.last).toEqual({ event: 'failed', data: { error: failure } });
    expect(run.of('plan')).toHaveLength(1);
    expect(run.items('draft')).toEqual(['i1']);
    expect(model.calls.map(({ id }) => id)).not.toContain('draft-i3-1');
    expect(run.of('phase').some(({ phase, state }) => phase === 'drafting' && state === 'done')).toBe(false);
  });

  it('lets a running neighbour finish after a fatal failure, and says that the critic was not asked', async () => {
    const model = createScriptedAsk(({ id }) => {
      if (id === 'draft-i2-1') return { failure: RATE_LIMITED, deltas: [] };
      return id === 'draft-i3-1'
        ? { deltas: Array.from({ length: 30 }, (_, line) => `${line + 1}. Step\n`) }
        : undefined;
    });
    const run = await runCompose(model);
    expect(run.of('draft').map(({ item }) => item)).toContain('i3');
    expect(run.of('analysis').find(({ item }) => item === 'i3')).toMatchObject({
      scores: null,
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'critique.missing' })]),
    });
    expect(run.last).toEqual({ event: 'failed', data: { error: RATE_LIMITED } });
  });
});

describe('a failing critic', () => {
  it('leaves the scores out, keeps the findings, and the run goes on', async () => {
    const model = createScriptedAsk(({ id }) =>
      id === 'critic-i1-1' ? { failure: RATE_LIMITED, deltas: [] } : undefined,
    );
    const run = await runCompose(model);
    const analysis = run.of('analysis').find(({ item }) => item === 'i1');
    expect(analysis).toMatchObject({ scores: null, notes: [], verdict: 'pass' });
    expect(analysis?.findings.find(({ rule }) => rule === 'critique.missing')?.message).toContain(
      RATE_LIMITED.message,
    );
    expect(run.last).toEqual({ event: 'done', data: { drafts: 3 } });
  });

  it('gives no scores outside 0 to 10', async () => {
    const model = createScriptedAsk(({ phase }) =>
      phase === 'analyzing' ? { deltas: [critique(11)] } : undefined,
    );
    const run = await runCompose(model);
    expect(model.calls.find(({ id }) => id === 'critic-i1-1-repair')?.user).toContain(
      'specificity: must be at most 10',
    );
    expect(run.of('analysis').map(({ scores }) => scores)).toEqual([null, null, null]);
  });
});
