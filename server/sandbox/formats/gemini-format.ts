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
export function generated(answer: Answer, text: string, ended: boolean): Json {
  return {
    candidates: [
      {
        content: { parts: [{ text }], role: 'model' },
        ...(ended && { finishReason: FINISH[answer.finish] }),
        index: 0,
      },
    ],
    ...usageOf(answer),
    modelVersion: answer.model,
    responseId: answer.requestId,
  };
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
  for (const piece of answer.pieces) yield { bytes: sse(generated(answer, piece, false)), paced: true };
  yield { bytes: sse(generated(answer, '', true)), paced: false };
}

function sse(body: Json): string {
  return `data: ${JSON.stringify(body)}\r\n\r\n`;
}
