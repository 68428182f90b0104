import type { Json } from '../../../shared/providers/read-json.ts';
import type { Answer, Frame } from '../answer.ts';

const FINISH = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  refusal: 'SAFETY',
  content_filter: 'SAFETY',
  tool_calls: 'STOP',
} as const;

/** One chunk of a stream, or all of an answer: they have the same shape. */
function generated(answer: Answer, parts: readonly Json[], ended: boolean): Json {
  return {
    candidates: Array.from({ length: answer.choices }, (_, index) => ({
      content: { parts, role: 'model' },
      ...(ended && { finishReason: FINISH[answer.finish] }),
      index,
    })),
    ...usageOf(answer),
    modelVersion: answer.model,
    responseId: answer.requestId,
  };
}

export function geminiAnswer(answer: Answer): Json {
  return generated(answer, answer.tool ? callOf(answer) : [{ text: answer.pieces.join('') }], true);
}

/** A call comes whole, and not at all when there was no room for all of it. */
function callOf({ tool, finish, pieces }: Answer): readonly Json[] {
  return tool && finish === 'tool_calls'
    ? [{ functionCall: { name: tool.name, args: JSON.parse(pieces.join('')) } }]
    : [];
}

function usageOf(answer: Answer): Json {
  if (typeof answer.usage === 'object') return { usageMetadata: answer.usage };
  if (answer.usage === 'missing') return {};
  const { inputTokens: promptTokenCount, outputTokens: candidatesTokenCount } = answer;
  const totalTokenCount = promptTokenCount + candidatesTokenCount;
  return { usageMetadata: { promptTokenCount, candidatesTokenCount, totalTokenCount } };
}

/** Frames end in CRLF, have no names, and nothing follows the one with the reason for the end. */
export function* geminiFrames(answer: Answer): Generator<Frame> {
  if (answer.tool) return yield { bytes: sse(geminiAnswer(answer)), paced: true };
  for (const text of answer.pieces) yield { bytes: sse(generated(answer, [{ text }], false)), paced: true };
  yield { bytes: sse(generated(answer, [{ text: '' }], true)), paced: false };
}

function sse(body: Json): string {
  return `data: ${JSON.stringify(body)}\r\n\r\n`;
}
