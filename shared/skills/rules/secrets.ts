import type { Finding } from '../../contract/plan.ts';
import type { SkillDocument } from '../document/document.ts';

/** Credentials that were left in the text. No message repeats them. */
const SECRET_PATTERNS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'an Anthropic key', pattern: /\bsk-ant-[\w-]{20,200}/g },
  { what: 'an OpenAI key', pattern: /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}/g },
  { what: 'an OpenRouter key', pattern: /\bsk-or-[\w-]{20,200}/g },
  { what: 'a Groq key', pattern: /\bgsk_[A-Za-z0-9]{32,100}/g },
  { what: 'an xAI key', pattern: /\bxai-[A-Za-z0-9]{40,200}/g },
  { what: 'a Together key', pattern: /\btgp_v1_[\w-]{32,100}/g },
  { what: 'a Fireworks key', pattern: /\bfw_[A-Za-z0-9]{20,100}/g },
  { what: 'a Google key', pattern: /\bAIza[\w-]{35}|\bAQ\.[\w-]{30,200}/g },
  {
    what: 'a Bedrock key',
    pattern: /\bABSK[A-Za-z0-9+/]{40,400}={0,2}|\bbedrock-api-key-[\w+/=-]{20,4000}/g,
  },
  { what: 'an Azure key', pattern: /\b[A-Za-z0-9]{20,80}(?:AZOPENAI|ACOG)[A-Za-z0-9]{2,12}\b/g },
  { what: 'an NVIDIA key', pattern: /\bnvapi-[\w-]{40,200}/g },
  { what: 'a Perplexity key', pattern: /\bpplx-[A-Za-z0-9]{40,100}/g },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,100}/g },
  { what: 'a Oneturn token', pattern: /\boneturn_[A-Za-z0-9]{36,100}/g },
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
const ANY_STEM =
  /sk-|gsk_|xai-|tgp_v1_|fw_|AIza|AQ\.|ABSK|bedrock-api-key-|AZOPENAI|ACOG|nvapi-|pplx-|hf_|oneturn_|AKIA|ASIA|gh[pousr]_|github_pat_|xox[abprs]-|k_live_|-----BEGIN|passw|api_?key|secret|token/i;
const MAX_FINDINGS = 5;
const MAX_LINE_CHARS = 2_000;
/** Of the next piece of a long line: a secret that is cut there is whole in the piece in which it begins. */
const OVERLAP_CHARS = 300;

const PLACEHOLDER =
  /example|sample|dummy|fake|test|your|placeholder|change.?me|redacted|insert|replace|xxxx|\.\.\.|…|abcdef|123456|<|\*\*\*/i;

/** Whether text that looks like a secret is a placeholder or a name. */
export function isPlaceholder(secret: string): boolean {
  if (PLACEHOLDER.test(secret)) return true;
  const value = /[:=]\s{0,4}["']([^"']{1,200})["']$/.exec(secret)?.[1];
  if (value !== undefined) {
    // `api_key="PINECONE_API_KEY"` names a variable; `token: "refresh-token-rotation"` is words.
    if (/^[A-Z][A-Z\d_]{0,99}$/.test(value) || /^[A-Za-z]{1,30}(?:[-_./:][A-Za-z]{1,30}){0,12}$/.test(value))
      return true;
    if (
      !/\d/.test(value) ||
      !/[A-Za-z]/.test(value) ||
      /^(?:process\.|os\.|env|\$|%|secrets?[./])/i.test(value)
    )
      return true;
  }
  // A real secret is random: few of its characters repeat often.
  return new Set(secret).size < Math.min(12, secret.length / 2);
}

/** Credentials in the text, at most one a line. Placeholders such as `sk-xxxx` and names of variables are no findings. */
export function secretFindings({ passages, blocks }: SkillDocument): readonly Finding[] {
  const found = new Map<number, string>();
  const look = (text: string, line: number): void => {
    if (found.size >= MAX_FINDINGS || found.has(line) || !ANY_STEM.test(text)) return;
    for (const { what, pattern } of SECRET_PATTERNS) {
      for (const [secret] of text.matchAll(pattern))
        if (!found.has(line) && !isPlaceholder(secret)) found.set(line, what);
    }
  };
  for (const { text, starts, numbers } of passages)
    for (const [index, start] of starts.entries())
      look(text.slice(start, starts[index + 1]), numbers[index] ?? 1);
  for (const { lines, firstLine } of blocks)
    for (const [index, line] of lines.entries())
      for (let from = 0; from === 0 || from < line.length; from += MAX_LINE_CHARS)
        look(line.slice(from, from + MAX_LINE_CHARS + OVERLAP_CHARS), firstLine + index);
  return Array.from(found, ([line, what]) => ({
    rule: 'security.secret.literal',
    severity: 'critical',
    line,
    message: `The line holds ${what}.`,
    fix: 'Remove it, and make it invalid where it came from: it has been sent to a model.',
  }));
}

/** The text with everything masked that looks like a secret, placeholders too: evidence is shown and exported. */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const { pattern } of SECRET_PATTERNS) masked = masked.replaceAll(pattern, '[secret]');
  return masked.replaceAll(/(\/\/[^\s/:@]{1,60}:)[^\s/@]{3,100}(?=@)/g, '$1[secret]');
}
