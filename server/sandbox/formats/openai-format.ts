import type { Json } from '../../../shared/providers/read-json.ts';
import type { Answer, Frame } from '../answer.ts';
import type { Dialect } from '../routes.ts';
import { chatDialect } from './chat-dialects.ts';

function usageOf({ usage, inputTokens, outputTokens }: Answer, details: Json): Json {
  if (typeof usage === 'object') return usage;
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...details,
  };
}

/** A refusal is the assistant's text in another field, and ends with `stop`. */
const finishOf = ({ finish }: Answer): string => (finish === 'refusal' ? 'stop' : finish);

function toolCall({ id, name }: NonNullable<Answer['tool']>, input: string): Json {
  return { id, type: 'function', function: { name, arguments: input } };
}

export function chatCompletion(answer: Answer, dialect: Dialect): Json {
  const text = answer.pieces.join('');
  const refused = answer.finish === 'refusal';
  return {
    id: answer.id,
    object: 'chat.completion',
    created: answer.createdSeconds,
    model: answer.model,
    choices: Array.from({ length: answer.choices }, (_, index) => ({
      index,
      message: {
        role: 'assistant',
        content: refused || answer.tool ? null : text,
        refusal: refused ? text : null,
        ...(answer.tool && { tool_calls: [toolCall(answer.tool, text)] }),
        annotations: [],
      },
      logprobs: null,
      finish_reason: finishOf(answer),
    })),
    ...(answer.usage === 'missing' ? {} : { usage: usageOf(answer, chatDialect(dialect).usageDetails) }),
    service_tier: 'default',
    system_fingerprint: 'fp_sandbox',
  };
}

/** The events of a streamed chat completion, as Chat Completions and its dialects have them. */
export function* chatFrames(answer: Answer, dialect: Dialect, includeUsage: boolean): Generator<Frame> {
  const quirks = chatDialect(dialect);
  const field = answer.finish === 'refusal' ? 'refusal' : 'content';
  const usage = answer.usage === 'missing' ? undefined : usageOf(answer, quirks.usageDetails);
  const head = {
    id: answer.id,
    object: 'chat.completion.chunk',
    created: answer.createdSeconds,
    model: answer.model,
    ...quirks.chunk,
  };
  const usageNull = quirks.usageNull && includeUsage ? { usage: null } : {};
  const chunk = (delta: Json, finish: string | null, more: Json = usageNull, index = 0): string =>
    sse({
      ...head,
      choices: [
        {
          index,
          delta: { ...quirks.delta, ...delta },
          logprobs: null,
          finish_reason: finish,
          ...quirks.choice(finish),
        },
      ],
      ...more,
    });

  const choices = Array.from({ length: answer.choices }, (_, index) => index);
  const opened = {
    role: 'assistant',
    content: field === 'content' && !answer.tool ? '' : null,
    ...(answer.tool && { tool_calls: [{ index: 0, ...toolCall(answer.tool, '') }] }),
    ...quirks.firstDelta,
  };
  for (const bytes of quirks.opening) yield { bytes, paced: false };
  for (const index of choices) yield { bytes: chunk(opened, null, usageNull, index), paced: false };

  // The text is all that changes from event to event, so that the rest is serialised once.
  const delta = answer.tool
    ? { tool_calls: [{ index: 0, function: { arguments: '\u0000' } }] }
    : { [field]: '\u0000' };
  const around = choices.map((index) => chunk(delta, null, usageNull, index).split('"\\u0000"'));
  for (const piece of answer.pieces)
    for (const [before = '', after = ''] of around)
      yield { bytes: before + JSON.stringify(piece) + after, paced: true };

  const last = { ...usageNull, ...(usage && quirks.lastChunk(usage, answer.requestId)) };
  for (const index of choices) yield { bytes: chunk({}, finishOf(answer), last, index), paced: false };
  const closing = usage && quirks.usageChunk(usage, includeUsage);
  if (closing) yield { bytes: sse({ ...head, ...closing }), paced: false };
  yield { bytes: 'data: [DONE]\n\n', paced: false };
}

function sse(body: Json): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}
