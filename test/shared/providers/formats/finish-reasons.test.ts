import { describe, expect, it } from 'vitest';
import { finishOf } from '../../../../shared/providers/formats/finish-reasons.ts';
import { ANTHROPIC } from '../../../../shared/providers/vendors/anthropic.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';
import { readStream, sse } from './read-stream.ts';

describe('the reasons for an end', () => {
  it.each([
    // OpenAI, Anthropic, Mistral, Cohere, Together, TGI, AI21, Vercel's gateway, Bedrock
    [
      'stop',
      'stop tool_calls end_turn stop_sequence COMPLETE eos eos_token endoftext tool-calls endTurn tool_use',
    ],
    ['length', 'length max_tokens MAX_TOKENS model_length max_output_tokens model_context_window_exceeded'],
    ['length', 'token_limit ERROR_LIMIT FinishReason.MAX_TOKENS FINISH_REASON_MAX_TOKENS REASON_MAX_LEN'],
    ['refusal', 'content_filter content-filter content_filtered refusal guardrail_intervened sensitive'],
    ['refusal', 'SAFETY RECITATION LANGUAGE BLOCKLIST PROHIBITED_CONTENT SPII IMAGE_SAFETY ERROR_TOXIC'],
    ['bad_output', 'MALFORMED_FUNCTION_CALL UNEXPECTED_TOOL_CALL malformed_model_output'],
    ['timeout', 'TIMEOUT time_limit'],
  ])('%s: %s', (meaning, reasons) => {
    for (const reason of reasons.split(' ')) expect(finishOf(reason), reason).toBe(meaning);
  });

  it('reads what LiteLLM makes of Gemini’s', () => {
    expect(finishOf('content_filter: RECITATION')).toBe('refusal');
    expect(finishOf('content_filter: MALFORMED_FUNCTION_CALL')).toBe('refusal');
    expect(finishOf('finish_reason: SAFETY')).toBe('refusal');
  });

  it.each(['', 'error', 'abort', 'pause_turn', 'constructor', 'a:b', ':'])(
    'does not know "%s", so that the answer is not whole',
    (reason) => {
      expect(finishOf(reason)).toBeUndefined();
    },
  );

  it.each([
    ['SAFETY', { finish: 'refusal' }],
    ['content_filter: RECITATION', { finish: 'refusal' }],
    ['end_turn', { finish: 'stop' }],
    ['refusal', { finish: 'refusal' }],
    ['model_length', { finish: 'length' }],
    ['MALFORMED_FUNCTION_CALL', { failure: { code: 'provider_failed', reason: 'bad_output' } }],
    ['time_limit', { failure: { code: 'provider_timeout' } }],
  ])('are read in chat completions: %s', (reason, outcome) => {
    const last = { choices: [{ index: 0, delta: { content: 'x' }, finish_reason: reason }] };
    expect(readStream(OPENAI, [sse(last, 'data: [DONE]\n\n')])).toMatchObject(outcome);
  });

  it('are read in Messages, OpenAI’s words from a gateway too', () => {
    const stream = (reason: string) =>
      sse(
        { type: 'message_start', message: { id: 'm', model: 'x' } },
        { type: 'content_block_delta', delta: { type: 'text_delta', text: 'x' } },
        { type: 'message_delta', delta: { stop_reason: reason } },
        { type: 'message_stop' },
      );
    expect(readStream(ANTHROPIC, [stream('length')]).finish).toBe('length');
    expect(readStream(ANTHROPIC, [stream('content_filter')]).finish).toBe('refusal');
  });
});
