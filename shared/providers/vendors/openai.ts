import { OPENAI_CACHE } from '../prompt-cache.ts';
import type { OpenAiVendor, ResponsesWire } from '../vendor.ts';

/** Offered for OpenAI itself and for Azure's deployments of its models. */
export const OPENAI_FAMILIES = [
  // Also of versions that are not there yet: gpt-6.1-sol, gpt-7-luna.
  {
    match:
      /^gpt-(?:[6-9]|\d\d)(?:\.\d+)?(?:-(?!.*(?:pro|codex|chat|image|audio|realtime|tts|transcribe))[a-z]+)?$/,
    take: 6,
  },
  // There is no gpt-5.3 but for Codex and ChatGPT.
  { match: /^gpt-5\.(?!3$)\d(?:$|-(?:mini|nano|sol|terra|luna)$)/, take: 10 },
  { match: /^gpt-(?:5|5-mini|5-nano|4\.1|4\.1-mini|4o|4o-mini)$/, take: 7 },
  { match: /^o3$/, take: 1 },
] as const;

/** Refused as "only supported in v1/responses". */
export const RESPONSES_ONLY = /^(?:gpt|o)-?\d.*-pro\b|codex|deep-research|computer-use/;

/** Options for models that chat completions refuse, shared with other vendors of OpenAI's models. */
export const RESPONSES: ResponsesWire['responses'] = {
  structured: 'json_schema',
  schemaInPrompt: false,
  extra: { stream_options: { include_obfuscation: false } },
};

/** Chat completions for most models, and Responses for those that are only there. Source: platform.openai.com/docs. */
export const OPENAI: OpenAiVendor = {
  id: 'openai',
  name: 'OpenAI',
  format: 'openai',
  origin: 'https://api.openai.com',
  fixedOrigin: true,
  path: '/v1/chat/completions',
  wires: [
    { model: RESPONSES_ONLY, wire: { format: 'responses', path: '/v1/responses', responses: RESPONSES } },
  ],
  auth: { header: 'authorization', prefix: 'Bearer ' },
  key: 'required',
  keyHint: 'sk-proj-…',
  keysUrl: 'https://platform.openai.com/api-keys',
  sees: 'OpenAI sees your goal, the plan and the drafts, and your key; it is told not to store them.',
  headers: {},
  effort: {
    model: /^(?:gpt-(?:[5-9]|\d\d)|o[3-9])(?!.*(?:pro|chat|deep-research))/,
    field: 'reasoning_effort',
  },
  promptCache: OPENAI_CACHE,
  requestIdHeaders: ['x-request-id'],
  check: {
    free: { method: 'GET', path: '/v1/models' },
    models: { path: '/v1/models', list: 'data', id: 'id' },
    oneToken: 1,
  },
  prices: { table: 'openai', by: 'requested', families: OPENAI_FAMILIES },
  chat: {
    // `max_tokens` is deprecated, and reasoning models refuse it.
    maxTokens: 'max_completion_tokens',
    structured: 'json_schema',
    schemaInPrompt: false,
    objectOnly: /^gpt-(?:3\.5|4(?:$|-(?:turbo|\d|32k)))/,
    noSystemRole: /^o1-(?:mini|preview)/,
    // Obfuscation pads every chunk, which is traffic for nothing on a server's own line.
    streamOptions: { include_usage: true, include_obfuscation: false },
    extra: { store: false },
  },
};
