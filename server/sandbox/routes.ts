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
  | 'responses'
  | 'gemini'
  | 'converse';
export type Call = 'generate' | 'models' | 'count' | 'key' | 'check-key';

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

/** Paths with the model's id in them, and the one that any of OpenAI's prefixes may precede. */
const NATIVE: ReadonlyArray<readonly [line: RegExp, dialect: Dialect, call: Call]> = [
  [/^POST \/v1beta\/models\/[^/]+:(?:streamGenerateContent|generateContent)$/, 'gemini', 'generate'],
  [/^GET \/v1beta\/models$/, 'gemini', 'models'],
  [/^POST \/model\/[^/]+\/converse(?:-stream)?$/, 'converse', 'generate'],
  [/^POST (?:\/api|\/openai)?\/v1\/responses$/, 'responses', 'generate'],
];

export function routeOf(method: string, url: URL, headers: IncomingHttpHeaders): Route {
  const native = NATIVE.find(([line]) => line.test(`${method} ${url.pathname}`));
  if (native) return { dialect: native[1], call: native[2] };
  const [prefix, named] = PREFIXES.find(([pattern]) => pattern.test(url.pathname)) ?? [
    /^/,
    'openai' as const,
  ];
  const rest = url.pathname.replace(prefix, '');
  const call = CALLS[`${method} ${rest}`];
  if (named === 'groq' && headers['api-key'] !== undefined) return { dialect: 'azure', call };
  if (named !== 'openai') return { dialect: named, call };
  if (rest.startsWith('/messages') || (call === 'models' && headers['anthropic-version'] !== undefined))
    return { dialect: 'anthropic', call };
  if (call === 'check-key' || url.searchParams.has('endpoint')) return { dialect: 'cohere', call };
  return { dialect: 'openai', call };
}
