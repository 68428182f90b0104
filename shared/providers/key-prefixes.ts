/**
 * How keys begin, in the order of guessing: the first match decides. `vendor` is an id of the catalogue, `refuse` a kind of
 * secret that must not be pasted here at all. Azure's and Cohere's keys have no prefix. Sources: gitleaks, vendors' documentation.
 */
export interface KeyPrefix {
  readonly prefix: string;
  readonly vendor?: string;
  readonly refuse?: string;
}

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
  { prefix: 'ot_', refuse: 'a Oneturn token' },
  { prefix: 'eyJ', refuse: 'a session token (JWT)' },
  { prefix: 'sk-ant-', vendor: 'anthropic' },
  { prefix: 'sk-or-', vendor: 'openrouter' },
  { prefix: 'sk-proj-', vendor: 'openai' },
  { prefix: 'sk-svcacct-', vendor: 'openai' },
  { prefix: 'gsk_', vendor: 'groq' },
  { prefix: 'AIza', vendor: 'google' },
  { prefix: 'AQ.', vendor: 'google' },
  { prefix: 'ABSK', vendor: 'bedrock' },
  { prefix: 'bedrock-api-key-', vendor: 'bedrock' },
  { prefix: 'sk-', vendor: 'openai' },
];
