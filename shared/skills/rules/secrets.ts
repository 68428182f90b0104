/** Credentials that someone left in the text. The message never repeats them. */
export const SECRET_PATTERNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'an Anthropic key', pattern: /\bsk-ant-[\w-]{20,200}/g },
  { what: 'an OpenAI key', pattern: /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}/g },
  { what: 'an OpenRouter key', pattern: /\bsk-or-[\w-]{20,200}/g },
  { what: 'a Groq key', pattern: /\bgsk_[A-Za-z0-9]{32,100}/g },
  { what: 'a Google key', pattern: /\bAIza[\w-]{35}|\bAQ\.[\w-]{30,200}/g },
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { what: 'a GitHub token', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,100}|github_pat_\w{50,100})/g },
  { what: 'a Slack token', pattern: /\bxox[abprs]-[\w-]{20,200}/g },
  { what: 'a Stripe key', pattern: /\b[rs]k_live_[A-Za-z0-9]{20,100}/g },
  {
    what: 'a private key',
    pattern: /-----BEGIN (?:RSA |EC |OPENSSH |DSA |PGP )?PRIVATE KEY(?: BLOCK)?-----/g,
  },
  {
    what: 'a password',
    pattern: /\b(?:password|passwd|api_?key|secret|token)["']?\s{0,4}[:=]\s{0,4}["'][^\s"'$<{]{12,100}["']/gi,
  },
];

const PLACEHOLDER =
  /example|sample|dummy|fake|test|your|placeholder|change.?me|redacted|insert|replace|xxxx|\.\.\.|…|abcdef|123456|<|\*\*\*/i;

/** Whether what looks like a secret is only there for its shape. */
export function isPlaceholder(secret: string): boolean {
  if (PLACEHOLDER.test(secret)) return true;
  // A real secret is random: few of its characters repeat often.
  return new Set(secret).size < Math.min(12, secret.length / 2);
}
