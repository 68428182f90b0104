/**
 * How keys begin. The first match decides, so longer prefixes come first. `vendors` are ids of the catalogue, `refuse` names a kind of
 * secret that must not be pasted here at all. Keys of Azure, Cohere and Mistral have no prefix, nor have Together's old ones. Sources:
 * gitleaks, vendors' documentation.
 */
export interface KeyPrefix {
  readonly prefix: string;
  readonly vendors?: readonly string[];
  readonly refuse?: string;
}

/** Vendors that are named below as people know them, by their ids in the catalogue. */
export const KEY_VENDORS: Readonly<Record<string, string>> = {
  anthropic: 'Anthropic',
  openai: 'OpenAI',
  openrouter: 'OpenRouter',
  groq: 'Groq',
  google: 'Google',
  bedrock: 'Amazon Bedrock',
  'bedrock-converse': 'Amazon Bedrock',
  deepseek: 'DeepSeek',
  xai: 'xAI',
  together: 'Together',
  fireworks: 'Fireworks',
};

/** Beginnings of keys and other secrets, for telling a user that a key belongs elsewhere before it leaves the page. */
export const KEY_PREFIXES: readonly KeyPrefix[] = [
  { prefix: 'sk-ant-admin', refuse: 'an Anthropic admin key' },
  { prefix: 'sk-ant-oat', refuse: 'an Anthropic OAuth token' },
  { prefix: 'sk-ant-ort', refuse: 'an Anthropic OAuth token' },
  { prefix: 'sk-admin-', refuse: 'an OpenAI admin key' },
  { prefix: 'AKIA', refuse: 'an AWS access key' },
  { prefix: 'ASIA', refuse: 'an AWS access key' },
  { prefix: 'ghp_', refuse: 'a GitHub token' },
  { prefix: 'gho_', refuse: 'a GitHub token' },
  { prefix: 'ghs_', refuse: 'a GitHub token' },
  { prefix: 'github_pat_', refuse: 'a GitHub token' },
  { prefix: 'sk_live_', refuse: 'a Stripe key' },
  { prefix: 'oneturn_', refuse: 'a Oneturn token' },
  { prefix: 'eyJ', refuse: 'a session token (JWT)' },
  { prefix: 'sk-ant-', vendors: ['anthropic'] },
  { prefix: 'sk-or-', vendors: ['openrouter'] },
  { prefix: 'sk-proj-', vendors: ['openai'] },
  { prefix: 'sk-svcacct-', vendors: ['openai'] },
  { prefix: 'gsk_', vendors: ['groq'] },
  { prefix: 'AIza', vendors: ['google'] },
  { prefix: 'AQ.', vendors: ['google'] },
  { prefix: 'ABSK', vendors: ['bedrock', 'bedrock-converse'] },
  { prefix: 'bedrock-api-key-', vendors: ['bedrock', 'bedrock-converse'] },
  { prefix: 'xai-', vendors: ['xai'] },
  { prefix: 'tgp_v1_', vendors: ['together'] },
  { prefix: 'fw_', vendors: ['fireworks'] },
  { prefix: 'sk-', vendors: ['openai', 'deepseek'] },
];

/**
 * What people paste around a key, in the order in which it is removed; without a pattern: blanks. The patterns are bounded, since any text
 * may be pasted.
 */
export const PASTED_AROUND: readonly { readonly pattern?: RegExp; readonly notice: string }[] = [
  {
    pattern: /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u00ad\ufeff]/g,
    notice: 'Removed invisible characters.',
  },
  { notice: 'Removed surrounding blanks.' },
  {
    pattern: /^(?:export\s{1,9}|set\s{1,9})?[A-Z][A-Z0-9_]{2,60}\s{0,9}[=:]\s{0,9}/,
    notice: 'Removed the variable name.',
  },
  {
    pattern: /^["'`\u2018\u2019\u201c\u201d]{1,3}|["'`\u2018\u2019\u201c\u201d;,]{1,3}$/g,
    notice: 'Removed quotes.',
  },
  { pattern: /^(?:authorization:\s{0,9})?bearer\s{1,9}/i, notice: 'Removed "Bearer".' },
  { pattern: /^(?:x-api-key|api-key):\s{0,9}/i, notice: 'Removed the header name.' },
];
