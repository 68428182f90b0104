import type { IncomingHttpHeaders } from 'node:http';

/** Whose API a request speaks, told from its path and headers, so that one sandbox can stand for every vendor. */
export type Dialect =
  | 'anthropic'
  | 'openai'
  | 'openrouter'
  | 'groq'
  | 'azure'
  | 'google'
  | 'cohere'
  | 'cohere-chat'
  | 'responses'
  | 'gemini'
  | 'converse';
export type Call = 'generate' | 'models' | 'model' | 'count' | 'key' | 'check-key';

export interface Route {
  readonly dialect: Dialect;
  /** undefined: no such route. */
  readonly call: Call | undefined;
}

/** A request that has come whole. */
export interface Received {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly route: Route;
}

const PREFIXES: ReadonlyArray<readonly [prefix: RegExp, dialect: Dialect]> = [
  [/^\/api\/v1(?=\/)/, 'openrouter'],
  [/^\/v1beta\/openai(?=\/)/, 'google'],
  [/^\/compatibility\/v1(?=\/)/, 'cohere'],
  [/^\/openai\/deployments\/[^/]+(?=\/)/, 'azure'],
  [/^\/openai\/v1(?=\/)/, 'groq'],
  [/^\/inference\/v1(?=\/)/, 'openai'],
  [/^\/v1(?=\/)/, 'openai'],
];

const CALLS: Readonly<Record<string, Call>> = {
  'POST /messages': 'generate',
  'POST /messages/count_tokens': 'count',
  'POST /chat/completions': 'generate',
  'POST /check-api-key': 'check-key',
  'GET /models': 'models',
  'GET /models/user': 'models',
  'GET /key': 'key',
};

/** Ids may have slashes: `meta-llama/llama-4-scout`. */
const MODEL_PATH = /^\/models\/(?!user$|count$)[^/]+(?:\/[^/]+){0,2}$/;

/** Paths with the model's id in them, and the one that any of OpenAI's prefixes may precede. */
const NATIVE: ReadonlyArray<readonly [line: RegExp, dialect: Dialect, call: Call]> = [
  [/^POST \/v1beta\/models\/[^/]+:(?:streamGenerateContent|generateContent)$/, 'gemini', 'generate'],
  [/^POST \/v1beta\/models\/[^/]+:countTokens$/, 'gemini', 'count'],
  [/^GET \/v1beta\/models$/, 'gemini', 'models'],
  [/^GET \/v1beta\/models\/[^/]+$/, 'gemini', 'model'],
  [/^POST \/model\/[^/]+\/converse(?:-stream)?$/, 'converse', 'generate'],
  [/^POST \/model\/[^/]+\/count-tokens$/, 'converse', 'count'],
  [/^POST (?:\/api|\/openai)?\/v1\/responses$/, 'responses', 'generate'],
  [/^POST (?:\/api|\/openai)?\/v1\/responses\/input_tokens$/, 'responses', 'count'],
  [/^POST \/v2\/chat$/, 'cohere-chat', 'generate'],
];

export function routeOf(method: string, url: URL, headers: IncomingHttpHeaders): Route {
  const native = NATIVE.find(([line]) => line.test(`${method} ${url.pathname}`));
  if (native) return { dialect: native[1], call: native[2] };
  const [prefix, named] = PREFIXES.find(([pattern]) => pattern.test(url.pathname)) ?? [
    /^/,
    'openai' as const,
  ];
  const rest = url.pathname.replace(prefix, '');
  const call =
    CALLS[`${method} ${rest}`] ?? (method === 'GET' && MODEL_PATH.test(rest) ? 'model' : undefined);
  if (named === 'groq' && headers['api-key'] !== undefined) return { dialect: 'azure', call };
  if (named !== 'openai') return { dialect: named, call };
  const lists = call === 'models' || call === 'model';
  if (rest.startsWith('/messages') || (lists && headers['anthropic-version'] !== undefined))
    return { dialect: 'anthropic', call };
  if (call === 'check-key' || url.searchParams.has('endpoint')) return { dialect: 'cohere', call };
  return { dialect: 'openai', call };
}
