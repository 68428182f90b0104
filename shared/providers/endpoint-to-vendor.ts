import type { Vendor } from './vendor.ts';

/** A provider that the operator allows by `PROVIDER_ENDPOINTS`. */
export interface Endpoint {
  readonly id: string;
  readonly name: string;
  readonly format: 'openai' | 'anthropic';
  /** What the vendor's SDK would be given: `http://host:11434/v1`, or `https://host` for the Anthropic format. */
  readonly baseUrl: string;
  readonly models?: readonly string[] | undefined;
}

/** A vendor of the operator's. Throws, at start, when the base URL has more than a scheme, a host, a port and a path. */
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

  if (endpoint.format === 'anthropic') {
    // Anthropic's SDKs are given a base without /v1, OpenAI's one with it.
    const root = base.replace(/\/v1$/, '');
    return {
      ...common,
      format: 'anthropic',
      path: `${root}/v1/messages`,
      auth: { header: 'x-api-key', prefix: '' },
      // Compatible servers differ in what they do with an unknown field.
      messages: { structured: 'prompt' },
      // The version that every compatible server knows.
      headers: { 'anthropic-version': '2023-06-01' },
      check: { models: { path: `${root}/v1/models`, list: 'data', id: 'id' }, oneToken: 1 },
    };
  }
  return {
    ...common,
    format: 'openai',
    path: `${base}/chat/completions`,
    auth: { header: 'authorization', prefix: 'Bearer ' },
    headers: {},
    check: { models: { path: `${base}/models`, list: 'data', id: 'id' }, oneToken: 1 },
    chat: {
      // What older servers know; OpenAI's reasoning models behind a gateway refuse it.
      maxTokens: 'max_tokens',
      maxTokensOf: [{ model: /(?:^|\/)(?:o\d|gpt-[5-9])(?!.*chat)/, field: 'max_completion_tokens' }],
      // Ollama, vLLM, llama.cpp and LM Studio take it (LM Studio refuses json_object); some ignore it.
      structured: 'json_schema',
      schemaInPrompt: true,
      streamOptions: { include_usage: true },
      extra: {},
    },
  };
}
