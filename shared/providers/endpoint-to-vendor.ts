import type { Terms } from './terms.ts';
import type { KeyCheck, Structured, Vendor, Wire } from './vendor.ts';
import { CONVERSE_HEADERS, CONVERSE_SCHEMA } from './vendors/bedrock-converse.ts';
import { THINKING_GEMINI } from './vendors/google.ts';

/** A provider that the operator allows by `PROVIDER_ENDPOINTS`. */
export interface Endpoint {
  readonly id: string;
  readonly name: string;
  readonly format: Wire['format'];
  /** The base URL that the format's SDK would be given: `http://host:11434/v1` for OpenAI's formats, `https://host` for the others. */
  readonly baseUrl: string;
  readonly models?: readonly string[] | undefined;
  /**
   * The strongest way of asking for JSON that the server supports. When absent, it is found out by trying: a refused request costs nothing.
   */
  readonly structured?: Structured | undefined;
  /** The highest output limit that its models accept, in tokens. */
  readonly maxTokens?: number | undefined;
  /** Fields of a chat completion that the server refuses. When one of the two output limits is refused, the other is sent. */
  readonly omit?: readonly OmittedField[] | undefined;
  readonly firstByteMs?: number | undefined;
  readonly idleMs?: number | undefined;
  /** Headers that are sent with every request, as a gateway may want them. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Fields of a chat completion that `PROVIDER_ENDPOINTS` may leave out, because some compatible servers refuse them with a 400. */
export const OMITTED_FIELDS = ['stream_options', 'store', 'max_tokens', 'max_completion_tokens'] as const;
export type OmittedField = (typeof OMITTED_FIELDS)[number];

/** Makes a provider of an operator's endpoint. Throws at start when the base URL has more than a scheme, a host, a port and a path. */
export function endpointToVendor(endpoint: Endpoint): Vendor {
  const url = new URL(endpoint.baseUrl);
  const more = url.username + url.password + url.search + url.hash;
  if (!/^https?:$/.test(url.protocol) || more !== '') {
    throw new Error(
      `PROVIDER_ENDPOINTS: the baseUrl of ${endpoint.id} must be http(s)://host[:port][/path] and nothing more.`,
    );
  }
  const base = url.pathname.replace(/\/+$/, '');
  const common = {
    id: endpoint.id,
    name: endpoint.name,
    origin: url.origin,
    fixedOrigin: false,
    key: 'optional',
    keyHint: 'If this server wants one',
    sees: `${endpoint.name}, which this server’s operator set up, sees your goal, the plan and the drafts, and your key if you give one.`,
    requestIdHeaders: ['x-request-id', 'request-id'],
    prices: {
      table: undefined,
      by: 'requested',
      families: [],
      models: (endpoint.models ?? []).map((id) => ({ id, name: id, contextTokens: null })),
    },
  } as const;

  const spoken = withLimitField(FORMATS[endpoint.format](base), endpoint.omit);
  const { firstByteMs, idleMs } = endpoint;
  return {
    ...common,
    ...spoken,
    headers: { ...spoken.headers, ...endpoint.headers },
    limits: { ...(firstByteMs !== undefined && { firstByteMs }), ...(idleMs !== undefined && { idleMs }) },
    terms: termsOf(endpoint),
  };
}

/** The output limit that the server accepts, for every model. */
function withLimitField(spoken: Spoken, omit: Endpoint['omit'] = []): Spoken {
  const refused = omit.find((field) => field === 'max_tokens' || field === 'max_completion_tokens');
  if (spoken.format !== 'openai' || refused === undefined) return spoken;
  const maxTokens = refused === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
  return { ...spoken, chat: { ...spoken.chat, maxTokens, maxTokensOf: [] } };
}

function termsOf({ structured, maxTokens, omit = [] }: Endpoint): Terms {
  return {
    omit: omit.filter((field) => field === 'stream_options' || field === 'store'),
    ...(structured && structured !== 'json_schema' && { structured }),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
  };
}

type Spoken = Wire & Pick<Vendor, 'auth' | 'headers' | 'check'>;

const BEARER = { header: 'authorization', prefix: 'Bearer ' } as const;

/** The defaults of a wire format, with its path below the base path. */
const FORMATS: Readonly<Record<Wire['format'], (base: string) => Spoken>> = {
  anthropic(base) {
    // Anthropic's SDKs are given a base without /v1, OpenAI's one with it.
    const root = base.replace(/\/v1$/, '');
    return {
      format: 'anthropic',
      path: `${root}/v1/messages`,
      auth: { header: 'x-api-key', prefix: '' },
      // Compatible servers differ in what they do with an unknown field.
      messages: { structured: 'prompt' },
      // The version that every compatible server knows.
      headers: { 'anthropic-version': '2023-06-01' },
      check: listed(`${root}/v1/models`),
    };
  },
  openai: (base) => ({
    format: 'openai',
    path: `${base}/chat/completions`,
    auth: BEARER,
    headers: {},
    check: listed(`${base}/models`),
    chat: {
      // The field that older servers know. OpenAI's reasoning models behind a gateway refuse it.
      maxTokens: 'max_tokens',
      maxTokensOf: [{ model: /(?:^|\/)(?:o\d|gpt-[5-9])(?!.*chat)/, field: 'max_completion_tokens' }],
      // Ollama, vLLM, llama.cpp and LM Studio take it (LM Studio refuses json_object); some ignore it.
      structured: 'json_schema',
      schemaInPrompt: true,
      streamOptions: { include_usage: true },
      extra: {},
    },
  }),
  responses: (base) => ({
    format: 'responses',
    path: `${base}/responses`,
    auth: BEARER,
    headers: {},
    check: listed(`${base}/models`),
    responses: { structured: 'json_schema', schemaInPrompt: true, extra: {} },
  }),
  gemini(base) {
    const root = /\/v1(?:alpha|beta)?\d*$/.test(base) ? base : `${base}/v1beta`;
    return {
      format: 'gemini',
      path: `${root}/models/{model}:streamGenerateContent?alt=sse`,
      auth: { header: 'x-goog-api-key', prefix: '' },
      headers: {},
      check: { models: { path: `${root}/models`, list: 'models', id: 'name' }, oneToken: 1 },
      gemini: { thinks: THINKING_GEMINI },
    };
  },
  // The runtime's host has no list of models: that is on another host.
  converse: (base) => ({
    format: 'converse',
    path: `${base}/model/{model}/converse-stream`,
    auth: BEARER,
    headers: CONVERSE_HEADERS,
    check: { oneToken: 1 },
    converse: { schemaFor: CONVERSE_SCHEMA },
  }),
};

function listed(path: string): KeyCheck {
  return { models: { path, list: 'data', id: 'id' }, oneToken: 1 };
}
