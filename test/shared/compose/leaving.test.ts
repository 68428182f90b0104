import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../shared/contract/failure.ts';
import { runCompose } from './run-compose.ts';
import { createScriptedAsk, turn } from './scripted-ask.ts';

const REJECTED: Failure = { code: 'key_rejected', message: 'The provider rejected the key.' };

describe('leaving', () => {
  it.each(['classify', 'plan', 'draft-i2-1', 'critic-i1-1'])(
    'during %s stops every call and ends with cancelled',
    async (id) => {
      const controller = new AbortController();
      const model = createScriptedAsk((call) =>
        call.id === id ? { until: new Promise(() => undefined) } : undefined,
      );
      const run = await runCompose(model, {
        options: { signal: controller.signal },
        onEvent: ({ event, data }) =>
          event === 'call' && data.call === id && data.state === 'start' && controller.abort(),
      });
      expect(run.last).toEqual({ event: 'cancelled', data: {} });
      expect(model.stopped).toContain(id);
      expect(model.running()).toBe(0);
      const count = model.calls.length;
      await turn();
      expect(model.calls).toHaveLength(count);
    },
  );

  it('before the start makes no call', async () => {
    const controller = new AbortController();
    controller.abort();
    const model = createScriptedAsk();
    const run = await runCompose(model, { options: { signal: controller.signal } });
    expect(model.calls).toEqual([]);
    expect(run.last).toEqual({ event: 'cancelled', data: {} });
  });

  it('keeps what was finished, and counts what was not', async () => {
    let analyzed = 0;
    const controller = new AbortController();
    const model = createScriptedAsk(({ id }) =>
      id === 'draft-i3-1'
        ? {
            until: new Promise(() => undefined),
            usage: { inputTokens: 7, outputTokens: 0, costUsd: 0, estimated: true },
          }
        : undefined,
    );
    const run = await runCompose(model, {
      options: { signal: controller.signal },
      onEvent: ({ event }) => event === 'analysis' && ++analyzed === 2 && controller.abort(),
    });
    expect(run.items('draft')).toEqual(['i1', 'i2']);
    expect(run.of('usage').at(-1)).toMatchObject({ estimated: true });
    expect(run.of('call').at(-1)).toMatchObject({ call: 'draft-i3-1', state: 'failed' });
    expect(run.of('call').at(-1)?.error).toBeUndefined();
  });

  it('passes the reason of the signal on to the calls', async () => {
    const controller = new AbortController();
    const model = createScriptedAsk();
    let seen: unknown;
    const ask: typeof model.ask = (call, watch, signal) => {
      signal.addEventListener('abort', () => {
        seen = signal.reason;
      });
      return model.ask(call, watch, signal);
    };
    const reason = new Error('left');
    await runCompose(
      { ask },
      {
        options: { signal: controller.signal },
        onEvent: ({ event }) => event === 'text' && controller.abort(reason),
      },
    );
    expect(seen).toBe(reason);
  });

  it('tells no text that a call had read ahead', async () => {
    const controller = new AbortController();
    const model = createScriptedAsk();
    const ask: typeof model.ask = async (call, watch, signal) => {
      const answer = await model.ask(call, watch, signal);
      watch.text('LATE');
      return answer;
    };
    const run = await runCompose(
      { ask },
      {
        options: { signal: controller.signal },
        onEvent: ({ event }) => event === 'text' && controller.abort(),
      },
    );
    expect(run.last?.event).toBe('cancelled');
    expect(JSON.stringify(run.of('text'))).not.toContain('LATE');
  });

  it('counts as cancelled even when the run had just failed', async () => {
    const controller = new AbortController();
    const model = createScriptedAsk(({ id }) => {
      if (id === 'draft-i1-1') return { failure: REJECTED, deltas: [] };
      return id === 'draft-i2-1' ? { until: new Promise(() => undefined) } : undefined;
    });
    const run = await runCompose(model, {
      options: { signal: controller.signal },
      onEvent: ({ event, data }) =>
        event === 'call' && data.call === 'draft-i1-1' && data.state === 'failed' && controller.abort(),
    });
    expect(run.last?.event).toBe('cancelled');
    expect(model.running()).toBe(0);
  });

  it('by breaking out of the loop stops every call too', async () => {
    const model = createScriptedAsk();
    const { compose } = await import('../../../shared/compose/compose.ts');
    for await (const { event } of compose({ goal: 'x' }, model.ask, [], {
      signal: new AbortController().signal,
      estimateUsd: () => 0,
    })) {
      if (event === 'text') break;
    }
    expect(model.stopped.length).toBeGreaterThan(0);
    expect(model.running()).toBe(0);
  });
});
