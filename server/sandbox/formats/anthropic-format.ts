import type { Json } from '../../../shared/providers/read-json.ts';
import type { Answer, Frame } from '../answer.ts';

const STOP_REASON = {
  stop: 'end_turn',
  length: 'max_tokens',
  refusal: 'refusal',
  content_filter: 'refusal',
  tool_calls: 'tool_use',
} as const;

function stopOf({ finish, stopSequence }: Answer): Json {
  const stopped = finish === 'stop' && stopSequence !== null;
  return { stop_reason: stopped ? 'stop_sequence' : STOP_REASON[finish], stop_sequence: stopSequence };
}

function toolUse({ id, name }: NonNullable<Answer['tool']>, input: unknown): Json {
  return { type: 'tool_use', id: id.replace('call_', 'toolu_'), name, input };
}

function usageOf({ usage, inputTokens, outputTokens }: Answer): Json {
  if (typeof usage === 'object') return usage;
  return {
    input_tokens: inputTokens,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
    output_tokens: outputTokens,
    service_tier: 'standard',
  };
}

export function message(answer: Answer): Json {
  return {
    id: answer.id,
    type: 'message',
    role: 'assistant',
    model: answer.model,
    content: [
      answer.tool && answer.finish === 'tool_calls'
        ? toolUse(answer.tool, JSON.parse(answer.pieces.join('')))
        : { type: 'text', text: answer.pieces.join('') },
    ],
    ...stopOf(answer),
    ...(answer.usage === 'missing' ? {} : { usage: usageOf(answer) }),
  };
}

/** The events of a streamed message, `event:` names included: the official client drops data without one. */
export function* messageFrames(answer: Answer): Generator<Frame> {
  const usage = usageOf(answer);
  const withUsage = (of: Json): Json => (answer.usage === 'missing' ? {} : { usage: of });
  yield named('message_start', {
    message: {
      model: answer.model,
      id: answer.id,
      type: 'message',
      role: 'assistant',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      ...withUsage({ ...usage, output_tokens: 1 }),
    },
  });
  const block = answer.tool ? toolUse(answer.tool, {}) : { type: 'text', text: '' };
  yield named('content_block_start', { index: 0, content_block: block });
  yield named('ping', {});
  const kind = answer.tool ? '"input_json_delta","partial_json"' : '"text_delta","text"';
  const before = `event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":${kind}:`;
  // Blanks after the JSON, as Anthropic pads its events against guessing their text from their length.
  for (const [at, piece] of answer.pieces.entries())
    yield { bytes: `${before}${JSON.stringify(piece)}}${' '.repeat((at * 7) % 16)}}\n\n`, paced: true };
  yield named('content_block_stop', { index: 0 });
  // The closing usage restates the counts, and only these.
  const { cache_creation: _, service_tier: __, ...counts } = usage;
  yield named('message_delta', {
    delta: stopOf(answer),
    ...withUsage(counts),
  });
  yield named('message_stop', {});
}

function named(event: string, fields: Json): Frame {
  return { bytes: `event: ${event}\ndata: ${JSON.stringify({ type: event, ...fields })}\n\n`, paced: false };
}
