import { checkRequest } from './check-request.ts';
import { type Prompt, type PromptPhase, phaseOf } from './content/answer-prompt.ts';
import { refuseForeign } from './foreign-fields.ts';
import { commonRequest } from './formats/native-request.ts';
import { modelList, modelNamed } from './models.ts';
import { type GenerateRequest, inputText, promptOf, type Read, readRequest } from './read-prompt.ts';
import { invalidRequest, notFound } from './refusals.ts';
import type { Dialect, Received } from './routes.ts';
import { jsonAnswer, type Whole } from './send-whole.ts';
import { countTokens } from './tokens.ts';

/** What a request asks to be generated. */
export interface ReadCall {
  /** Undefined: the route has no body to read. */
  readonly read: Read | undefined;
  /** The body as it came; undefined: no JSON. */
  readonly json: unknown;
  readonly prompt: Prompt | undefined;
  readonly phase: PromptPhase | 'other';
}

export type Reply =
  | { readonly kind: 'whole'; readonly whole: Whole }
  | { readonly kind: 'generate'; readonly request: GenerateRequest; readonly prompt: Prompt };

export function readCall(received: Received): ReadCall {
  const { call } = received.route;
  const reads = call === 'generate' || call === 'count';
  const json = reads ? parsed(received.body) : undefined;
  const read = reads ? readBody(received, json) : undefined;
  const prompt = read?.ok ? promptOf(read.request) : undefined;
  return { read, json, prompt, phase: prompt ? phaseOf(prompt) : 'other' };
}

/** What the vendor would do with the request: refuse it, answer it at once, or generate. Pure. */
export function replyTo(received: Received, { read, json, prompt }: ReadCall): Reply {
  const { method, url, headers, route } = received;
  const { dialect, call } = route;
  switch (call) {
    case undefined:
      return whole(notFound(dialect, method, url.pathname));
    case 'models':
      return whole(jsonAnswer(200, modelList(dialect)));
    case 'model':
      return whole(jsonAnswer(200, modelNamed(dialect, modelIn(url.pathname))));
    case 'key':
      return whole(jsonAnswer(200, { data: KEY_INFO }));
    case 'check-key':
      return whole(jsonAnswer(200, { valid: true, organization_id: 'sandbox', owner_id: 'sandbox' }));
    case 'count':
    case 'generate': {
      const foreign = refuseForeign(dialect, json);
      if (foreign) return whole(foreign);
      if (!read?.ok || !prompt) return whole(missingField(dialect, read?.ok === false ? read.field : 'body'));
      if (call === 'count')
        return whole(jsonAnswer(200, countOf(dialect, countTokens(inputText(read.request)))));
      const refused = checkRequest(read.request, dialect, headers);
      return refused ? whole(refused) : { kind: 'generate', request: read.request, prompt };
    }
  }
}

function modelIn(path: string): string {
  return decodeURIComponent(path.slice(path.lastIndexOf('/models/') + '/models/'.length));
}

/** What OpenRouter tells of a key. */
const KEY_INFO = {
  label: 'sandbox',
  limit: null,
  limit_remaining: null,
  limit_reset: null,
  usage: 0,
  usage_daily: 0,
  usage_weekly: 0,
  usage_monthly: 0,
  byok_usage: 0,
  byok_usage_daily: 0,
  byok_usage_weekly: 0,
  byok_usage_monthly: 0,
  include_byok_in_limit: false,
  is_free_tier: false,
  is_management_key: false,
  is_provisioning_key: false,
  allowed_data_regions: ['global'],
  creator_user_id: null,
  organization_id: null,
  workspace_id: null,
  expires_at: null,
  free_model_daily_requests: { limit: 1000, used: 0, remaining: 1000 },
  rate_limit: { requests: -1, interval: '10s', note: 'Deprecated' },
};

function whole(of: Whole): Reply {
  return { kind: 'whole', whole: of };
}

function missingField(dialect: Dialect, field: string): Whole {
  const message =
    dialect === 'anthropic' ? `${field}: Field required` : `Missing or invalid parameter: '${field}'.`;
  return invalidRequest(dialect, { message, param: field, code: 'invalid_value' });
}

function readBody({ route, url }: Received, json: unknown): Read {
  if (json === undefined) return { ok: false, field: 'body', problem: 'not JSON' };
  return readRequest(commonRequest(route.dialect, url, json));
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** How many tokens a prompt has, in each vendor's words. */
function countOf(dialect: Dialect, tokens: number): unknown {
  if (dialect === 'gemini') return { totalTokens: tokens };
  if (dialect === 'converse') return { inputTokens: tokens };
  const object = dialect === 'responses' ? { object: 'response.input_tokens' } : {};
  return { ...object, input_tokens: tokens };
}
