import type { Json } from '../../../shared/providers/read-json.ts';
import type { Answer, Frame } from '../answer.ts';

const FINISH = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  refusal: 'ERROR',
  content_filter: 'ERROR',
  tool_calls: 'TOOL_CALL',
} as const;

function finishOf({ finish, stopSequence }: Answer): string {
  return finish === 'stop' && stopSequence !== null ? 'STOP_SEQUENCE' : FINISH[finish];
}

function usageOf({ usage, inputTokens: input_tokens, outputTokens: output_tokens }: Answer): Json {
  if (usage === 'missing') return {};
  const counts = { input_tokens, output_tokens };
  return { usage: typeof usage === 'object' ? usage : { billed_units: counts, tokens: counts } };
}

function toolCall({ id, name }: NonNullable<Answer['tool']>, input: string): Json {
  return { id, type: 'function', function: { name, arguments: input } };
}

/** An answer of Cohere's own chat. */
export function cohereAnswer(answer: Answer): Json {
  const text = answer.pieces.join('');
  return {
    id: answer.id,
    finish_reason: finishOf(answer),
    message: {
      role: 'assistant',
      ...(answer.tool
        ? { tool_calls: [toolCall(answer.tool, text)] }
        : { content: [{ type: 'text', text }] }),
    },
    ...usageOf(answer),
  };
}

/** The same as its events, whose type stands in the event's name and in its JSON. */
export function* cohereFrames(answer: Answer): Generator<Frame> {
  const { tool } = answer;
  const start = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
  yield named('message-start', { id: answer.id, delta: { message: start } });
  const opened = tool
    ? named('tool-call-start', { index: 0, delta: { message: { tool_calls: toolCall(tool, '') } } })
    : named('content-start', { index: 0, delta: { message: { content: { type: 'text', text: '' } } } });
  yield opened;
  for (const piece of answer.pieces) {
    const event = tool
      ? named('tool-call-delta', {
          index: 0,
          delta: { message: { tool_calls: { function: { arguments: piece } } } },
        })
      : named('content-delta', { index: 0, delta: { message: { content: { text: piece } } } });
    yield { ...event, paced: true };
  }
  yield named(tool ? 'tool-call-end' : 'content-end', { index: 0 });
  yield named('message-end', { delta: { finish_reason: finishOf(answer), ...usageOf(answer) } });
}

function named(type: string, fields: Json): Frame {
  return { bytes: `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`, paced: false };
}
