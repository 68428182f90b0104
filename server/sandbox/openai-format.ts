import { type Answer, type Frame, MODEL } from './answer.ts';
import type { Dialect } from './routes.ts';

type Json = Readonly<Record<string, unknown>>;

const ABSURD = { negative: [-1, -7], huge: [1e308, 1e308], text: ['many', '12'] } as const;

function usageOf({ usage, inputTokens, outputTokens }: Answer): Json {
  if (typeof usage === 'object') return usage;
  const [input, output] = usage === undefined || usage === 'missing' ? [inputTokens, outputTokens] : ABSURD[usage];
  return {
    prompt_tokens: input,
    completion_tokens: output,
    total_tokens: typeof input === 'number' && typeof output === 'number' ? input + output : input,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
}

/** A refusal is the assistant's text in another field, and ends with `stop`. */
const finishOf = ({ finish }: Answer): string => (finish === 'refusal' ? 'stop' : finish);

export function chatCompletion(answer: Answer): Json {
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
        message: { role: 'assistant', content: refused ? null : text, refusal: refused ? text : null, annotations: [] },
        logprobs: null,
        finish_reason: finishOf(answer),
      },
    ],
    ...(answer.usage === 'missing' ? {} : { usage: usageOf(answer) }),
    service_tier: 'default',
    system_fingerprint: 'fp_sandbox',
  };
}

/** How a vendor departs from OpenAI's stream, as its recordings show. */
interface Quirks {
  readonly comments: number;
  readonly roleInEveryDelta: boolean;
  /** Sent whether asked for or not. */
  readonly usageAlways: boolean;
  readonly chunk: Json;
  readonly choice: (finish: string | null) => Json;
  readonly firstChunk: ((answer: Answer) => Json) | undefined;
  /** Fields of the chunk that finishes. */
  readonly last: ((answer: Answer) => Json) | undefined;
}

const PLAIN: Quirks = {
  comments: 0,
  roleInEveryDelta: false,
  usageAlways: false,
  chunk: {},
  choice: () => ({}),
  firstChunk: undefined,
  last: undefined,
};

const QUIRKS: Partial<Record<Dialect, Quirks>> = {
  openrouter: {
    ...PLAIN,
    comments: 2,
    roleInEveryDelta: true,
    usageAlways: true,
    chunk: { provider: 'Sandbox' },
    choice: (finish) => ({ native_finish_reason: finish }),
  },
  groq: { ...PLAIN, last: (answer) => ({ x_groq: { id: answer.requestId, usage: usageOf(answer) }, usage: usageOf(answer) }) },
  azure: {
    ...PLAIN,
    choice: () => ({ content_filter_results: {} }),
    firstChunk: () => ({
      id: '',
      object: '',
      created: 0,
      model: '',
      choices: [],
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
    }),
  },
};

/** The events of a streamed chat completion, as Chat Completions and its dialects have them. */
export function* chatFrames(answer: Answer, dialect: Dialect, includeUsage: boolean): Generator<Frame> {
  const quirks = QUIRKS[dialect] ?? PLAIN;
  const field = answer.finish === 'refusal' ? 'refusal' : 'content';
  const head = {
    id: answer.id,
    object: 'chat.completion.chunk',
    created: answer.createdSeconds,
    model: MODEL,
    service_tier: 'default',
    system_fingerprint: 'fp_sandbox',
    ...quirks.chunk,
  };
  const usageNull = includeUsage && !quirks.usageAlways ? { usage: null } : {};
  const chunk = (delta: Json, finish: string | null, more: Json = {}): string =>
    sse({
      ...head,
      choices: [{ index: 0, delta, logprobs: null, finish_reason: finish, ...quirks.choice(finish) }],
      ...usageNull,
      ...more,
    });

  for (let comment = 0; comment < quirks.comments; comment++) yield { bytes: ': OPENROUTER PROCESSING\n\n', paced: false };
  if (quirks.firstChunk) yield { bytes: sse(quirks.firstChunk(answer)), paced: false };
  yield { bytes: chunk({ role: 'assistant', content: field === 'content' ? '' : null, refusal: null }, null), paced: false };

  // The text is all that changes from event to event, so that the rest is serialised once.
  const [before = '', after = ''] = chunk({ ...(quirks.roleInEveryDelta ? { role: 'assistant' } : {}), [field]: '\u0000' }, null).split(
    '"\\u0000"',
  );
  for (const piece of answer.pieces) yield { bytes: before + JSON.stringify(piece) + after, paced: true };

  const usage = answer.usage !== 'missing';
  yield { bytes: chunk({}, finishOf(answer), usage && quirks.last ? quirks.last(answer) : {}), paced: false };
  if (usage && (includeUsage || quirks.usageAlways)) {
    const cost = quirks.usageAlways ? { cost: 0, is_byok: false, cost_details: { upstream_inference_cost: null } } : {};
    yield { bytes: sse({ ...head, choices: [], usage: { ...usageOf(answer), ...cost } }), paced: false };
  }
  yield { bytes: 'data: [DONE]\n\n', paced: false };
}

function sse(body: Json): string {
  return `data: ${JSON.stringify(body)}\n\n`;
}
