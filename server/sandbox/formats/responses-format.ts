import type { Json } from '../../../shared/providers/read-json.ts';
import type { Answer, Frame } from '../answer.ts';

type Tool = NonNullable<Answer['tool']>;

const INCOMPLETE = { length: 'max_output_tokens', content_filter: 'content_filter' } as const;

/** The response as its events have it: first without, at the end with what was written. */
export function response(answer: Answer, status: 'in_progress' | 'ended'): Json {
  const ended = status === 'ended';
  const reason =
    answer.finish in INCOMPLETE ? INCOMPLETE[answer.finish as keyof typeof INCOMPLETE] : undefined; // as: it is in it
  const over = reason === undefined ? 'completed' : 'incomplete';
  return {
    id: idOf(answer, 'resp'),
    object: 'response',
    created_at: answer.createdSeconds,
    status: ended ? over : 'in_progress',
    background: false,
    error: null,
    incomplete_details: ended && reason !== undefined ? { reason } : null,
    instructions: null,
    max_output_tokens: null,
    metadata: {},
    model: answer.model,
    output: ended ? [item(answer)] : [],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: 'default',
    store: false,
    temperature: 1,
    text: { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: ended ? usageOf(answer) : null,
    user: null,
    ...answer.echo,
  };
}

function usageOf(answer: Answer): Json | null {
  if (typeof answer.usage === 'object') return answer.usage;
  if (answer.usage === 'missing') return null;
  const { inputTokens, outputTokens } = answer;
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: inputTokens + outputTokens,
  };
}

function item(answer: Answer): Json {
  const status = answer.finish in INCOMPLETE ? 'incomplete' : 'completed';
  if (answer.tool) return callItem(answer, answer.tool, status, answer.pieces.join(''));
  return { id: idOf(answer, 'msg'), type: 'message', status, role: 'assistant', content: [part(answer)] };
}

function callItem(answer: Answer, { id, name }: Tool, status: string, input: string): Json {
  return { id: idOf(answer, 'fc'), type: 'function_call', status, arguments: input, call_id: id, name };
}

function part(answer: Answer, text = answer.pieces.join('')): Json {
  return answer.finish === 'refusal'
    ? { type: 'refusal', refusal: text }
    : { type: 'output_text', annotations: [], logprobs: [], text };
}

type ToFrame = (type: string, fields: Json, paced?: boolean) => Frame;

export function* responsesFrames(answer: Answer): Generator<Frame> {
  let sequence = 0;
  const event: ToFrame = (type, fields, paced = false) => ({
    bytes: `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequence++, ...fields })}\n\n`,
    paced,
  });
  yield event('response.created', { response: response(answer, 'in_progress') });
  yield event('response.in_progress', { response: response(answer, 'in_progress') });
  yield* answer.tool ? callFrames(answer, answer.tool, event) : messageFrames(answer, event);
  yield event('response.output_item.done', { output_index: 0, item: item(answer) });
  const last = response(answer, 'ended');
  yield event(`response.${String(last['status'])}`, { response: last });
}

function* callFrames(answer: Answer, tool: Tool, event: ToFrame): Generator<Frame> {
  const place = { item_id: idOf(answer, 'fc'), output_index: 0 };
  yield event('response.output_item.added', {
    output_index: 0,
    item: callItem(answer, tool, 'in_progress', ''),
  });
  const kind = 'response.function_call_arguments';
  for (const delta of answer.pieces) yield event(`${kind}.delta`, { ...place, delta }, true);
  yield event(`${kind}.done`, { ...place, name: tool.name, arguments: answer.pieces.join('') });
}

function* messageFrames(answer: Answer, event: ToFrame): Generator<Frame> {
  const item_id = idOf(answer, 'msg');
  const place = { item_id, output_index: 0, content_index: 0 };
  const refused = answer.finish === 'refusal';
  const kind = refused ? 'response.refusal' : 'response.output_text';
  const more = refused ? {} : { logprobs: [] };

  const begun = { id: item_id, type: 'message', status: 'in_progress', role: 'assistant', content: [] };
  yield event('response.output_item.added', { output_index: 0, item: begun });
  yield event('response.content_part.added', { ...place, part: part(answer, '') });
  for (const delta of answer.pieces) yield event(`${kind}.delta`, { ...place, delta, ...more }, true);
  const text = answer.pieces.join('');
  yield event(`${kind}.done`, { ...place, ...(refused ? { refusal: text } : { text, ...more }) });
  yield event('response.content_part.done', { ...place, part: part(answer) });
}

function idOf({ requestId }: Answer, kind: string): string {
  return `${kind}_${requestId.slice(4)}`;
}
