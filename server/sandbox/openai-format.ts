import { type Answer, type Frame, MODEL } from './answer.ts';
import { chatDialect } from './chat-dialects.ts';
import type { Dialect } from './routes.ts';

type Json = Readonly<Record<string, unknown>>;

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

export function chatCompletion(answer: Answer, dialect: Dialect): Json {
  const text = answer.pieces.join('');
  const refused = answer.finish === 'refusal';
  return {
    id: answer.id,
    object: 'chat.completion',
    created: answer.createdSeconds,
    model: MODEL,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: refused ? null : text,
          refusal: refused ? text : null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: finishOf(answer),
      },
    ],
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
    model: MODEL,
    ...quirks.chunk,
  };
  const usageNull = quirks.usageNull && includeUsage ? { usage: null } : {};
  const chunk = (delta: Json, finish: string | null, more: Json = usageNull): string =>
    sse({
      ...head,
      choices: [
        {
          index: 0,
          delta: { ...quirks.delta, ...delta },
          logprobs: null,
          finish_reason: finish,
          ...quirks.choice(finish),
        },
      ],
      ...more,
    });

  for (const bytes of quirks.opening) yield { bytes, paced: false };
  yield {
    bytes: chunk({ role: 'assistant', content: field === 'content' ? '' : null, ...quirks.firstDelta }, null),
    paced: false,
  };

  // The text is all that changes from event to event, so that the rest is serialised once.
  const [before = '', after = ''] = chunk({ [field]: '\u0000' }, null).split('"\\u0000"');
  for (const piece of answer.pieces) yield { bytes: before + JSON.stringify(piece) + after, paced: true };

  yield {
    bytes: chunk({}, finishOf(answer), {
      ...usageNull,
      ...(usage && quirks.lastChunk(usage, answer.requestId)),
    }),
    paced: false,
  };
  const closing = usage && quirks.usageChunk(usage, includeUsage);
  if (closing) yield { bytes: sse({ ...head, ...closing }), paced: false };
  yield { bytes: 'data: [DONE]\n\n', paced: false };
}

function sse(body: Json): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}
