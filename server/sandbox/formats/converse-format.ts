import { crc32 } from 'node:zlib';
import type { Json } from '../../../shared/providers/read-json.ts';
import type { Answer, Frame } from '../answer.ts';

const STOP_REASON = {
  stop: 'end_turn',
  length: 'max_tokens',
  refusal: 'guardrail_intervened',
  content_filter: 'content_filtered',
  tool_calls: 'tool_use',
} as const;
/** Bedrock pads its JSON, so that its length does not tell the text's. */
const PADDING = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234';

function stopOf({ finish, stopSequence }: Answer): string {
  return finish === 'stop' && stopSequence !== null ? 'stop_sequence' : STOP_REASON[finish];
}

export function converseAnswer(answer: Answer): Json {
  return {
    metrics: { latencyMs: 1 },
    output: { message: { role: 'assistant', content: contentOf(answer) } },
    stopReason: stopOf(answer),
    ...usageOf(answer),
  };
}

/** A call is left out when there was no room for all of it. */
function contentOf({ tool, finish, pieces }: Answer): readonly Json[] {
  const text = pieces.join('');
  if (!tool) return [{ text }];
  return finish === 'tool_calls' ? [{ toolUse: { ...usedTool(tool), input: JSON.parse(text) } }] : [];
}

function usedTool({ id, name }: NonNullable<Answer['tool']>): Json {
  return { toolUseId: id.replace('call_', 'tooluse_'), name };
}

function usageOf(answer: Answer): Json {
  if (typeof answer.usage === 'object') return { usage: answer.usage };
  if (answer.usage === 'missing') return {};
  const { inputTokens, outputTokens } = answer;
  return { usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens } };
}

export function* converseFrames(answer: Answer): Generator<Frame> {
  yield { bytes: eventFrame('messageStart', { role: 'assistant' }), paced: false };
  // Only a call's block has a start.
  if (answer.tool) {
    const start = { contentBlockIndex: 0, start: { toolUse: usedTool(answer.tool) } };
    yield { bytes: eventFrame('contentBlockStart', start), paced: false };
  }
  for (const [at, piece] of answer.pieces.entries()) {
    const p = PADDING.slice(0, 1 + ((at * 7) % PADDING.length));
    const delta = answer.tool ? { toolUse: { input: piece } } : { text: piece };
    yield { bytes: eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta, p }), paced: true };
  }
  yield { bytes: eventFrame('contentBlockStop', { contentBlockIndex: 0 }), paced: false };
  yield { bytes: eventFrame('messageStop', { stopReason: stopOf(answer) }), paced: false };
  yield { bytes: eventFrame('metadata', { metrics: { latencyMs: 1 }, ...usageOf(answer) }), paced: false };
}

/** Amazon's event stream framing: two lengths with their checksum, headers, the JSON, and a checksum of all. */
export function eventFrame(event: string, json: Json): Buffer {
  const headers = Buffer.concat([
    header(':event-type', event),
    header(':content-type', 'application/json'),
    header(':message-type', 'event'),
  ]);
  const body = Buffer.from(JSON.stringify(json));
  const prelude = Buffer.alloc(12);
  prelude.writeUInt32BE(12 + headers.length + body.length + 4, 0);
  prelude.writeUInt32BE(headers.length, 4);
  prelude.writeUInt32BE(crc32(prelude.subarray(0, 8)), 8);
  const all = Buffer.concat([prelude, headers, body, Buffer.alloc(4)]);
  all.writeUInt32BE(crc32(all.subarray(0, -4)), all.length - 4);
  return all;
}

function header(name: string, value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(Buffer.byteLength(value));
  return Buffer.concat([
    Buffer.from([name.length]),
    Buffer.from(name),
    Buffer.from([7]),
    length,
    Buffer.from(value),
  ]);
}
