import { describe, expect, it } from 'vitest';
import { GROQ } from '../../../../shared/providers/vendors/groq.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';
import { OPENROUTER } from '../../../../shared/providers/vendors/openrouter.ts';
import { DONE, finish, HELLO, part, usage } from './chat-events.ts';
import { readStream, sse } from './read-stream.ts';

describe('the usage of chat completions', () => {
  it('reads Groq’s usage and request id from x_groq', () => {
    const last = {
      ...finish('stop'),
      x_groq: { id: 'req_01', usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } },
    };
    expect(readStream(GROQ, [sse(part('Hi'), last, DONE)])).toMatchObject({
      requestId: 'req_01',
      usage: { inputTokens: 3, outputTokens: 2 },
    });
  });

  it('prefers OpenRouter’s own cost, and adds the upstream’s on a key of another provider', () => {
    const counts = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0.5 };
    expect(readStream(OPENROUTER, [sse(...HELLO, usage(counts), DONE)]).usage?.costUsd).toBe(0.5);
    const byok = { ...counts, is_byok: true, cost_details: { upstream_inference_cost: 2 } };
    expect(readStream(OPENROUTER, [sse(...HELLO, usage(byok), DONE)]).usage?.costUsd).toBe(2.5);
    expect(
      readStream(OPENROUTER, [sse(...HELLO, usage({ ...counts, is_byok: true }), DONE)]).usage?.costUsd,
    ).toBeUndefined();
  });

  it('counts reasoning that stands only in the total as output', () => {
    expect(
      readStream(OPENAI, [
        sse(...HELLO, usage({ prompt_tokens: 10, completion_tokens: 5, total_tokens: 40 }), DONE),
      ]).usage,
    ).toMatchObject({
      inputTokens: 10,
      outputTokens: 30,
    });
  });

  it.each([
    ['missing', undefined],
    ['negative', { prompt_tokens: -1, completion_tokens: 5, total_tokens: 4 }],
    ['1e308', { prompt_tokens: 1e308, completion_tokens: 5, total_tokens: 4 }],
    ['a string', { prompt_tokens: '7', completion_tokens: 5, total_tokens: 12 }],
    ['NaN as null', { prompt_tokens: null, completion_tokens: 5 }],
    ['no object', 'many'],
  ])('takes usage that is %s for unknown', (_, counts) => {
    const reading = readStream(OPENAI, [
      sse(...HELLO, ...(counts === undefined ? [] : [usage(counts as object)]), DONE),
    ]);
    expect(reading.finish).toBe('stop');
    expect(reading.usage).toBeUndefined();
  });

  it('takes the later of two usages, and no cache that is larger than the input', () => {
    const twice = sse(
      ...HELLO,
      usage({ prompt_tokens: 1, completion_tokens: 1 }),
      usage({ prompt_tokens: 9, completion_tokens: 2 }),
      DONE,
    );
    expect(readStream(OPENAI, [twice]).usage).toMatchObject({ inputTokens: 9, outputTokens: 2 });
    const cached = usage({
      prompt_tokens: 5,
      completion_tokens: 1,
      prompt_tokens_details: { cached_tokens: 50 },
    });
    expect(readStream(OPENAI, [sse(...HELLO, cached, DONE)]).usage).toEqual({
      inputTokens: 5,
      outputTokens: 1,
    });
  });
});
