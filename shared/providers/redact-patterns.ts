/**
 * The second net, for logs: what looks like a secret of any provider. The first looks for the exact key, which `server/keys/` alone can do. Keys
 * without a prefix (Cohere, Azure's old ones) are only found beside a header's name.
 *
 * Linear by construction: every pattern begins where no letter or digit is before it, and has nothing mandatory behind an unbounded
 * run but what ends it.
 */
const KEYS: readonly RegExp[] = [
  /sk-ant-[\w-]{12,}/,
  /sk-or-[\w-]{16,}/,
  /sk-(?:proj|svcacct|admin|None)-[\w-]{16,}/,
  /sk-[A-Za-z0-9]{20,}/, // OpenAI's old keys and DeepSeek's. A hyphen is not allowed, so that words joined by hyphens stay.
  /gsk_[A-Za-z0-9]{20,}/,
  /AIza[\w-]{30,}/,
  /AQ\.[\w-]{20,}/,
  /ABSK[A-Za-z0-9+/]{40,}={0,2}/,
  /bedrock-api-key-[\w+/=-]{20,}/,
  /(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}/,
  /[A-Za-z0-9]{20,80}(?:AZOPENAI|ACOG)[A-Za-z0-9]{2,12}/, // Azure
  /xai-[A-Za-z0-9]{20,}/,
  /tgp_v1_[\w-]{20,}/,
  /fw_[A-Za-z0-9]{20,}/,
  /pplx-[A-Za-z0-9]{20,}/,
  /nvapi-[\w-]{20,}/,
  /hf_[A-Za-z0-9]{20,}/,
  /gh[pousr]_[A-Za-z0-9]{20,}/,
  /github_pat_\w{20,}/,
  /[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/,
  /oneturn_[A-Za-z0-9]{20,}/,
  /(?<![\w-])eyJ[\w-]{10,4000}\.[\w-]{4,4000}\.[\w-]{4,4000}/, // JWT
];

const IN_HEADERS: readonly RegExp[] = [
  /(?:x-api-key|api-key|x-goog-api-key|x-provider-key|authorization)["']?\s{0,3}[:=]\s{0,3}["']?(?:bearer\s{1,3})?[^\s"',;]{16,}/i,
  /bearer\s{1,3}[\w.~+/=-]{16,}/i,
];

const KEY = anyOf(KEYS);
const SECRET = anyOf([...KEYS, ...IN_HEADERS]);

export const REDACTED = '[redacted]';

/** The text with everything that looks like a secret replaced. */
export function redactText(text: string): string {
  return text.replace(SECRET, REDACTED);
}

/** What looks like a key of some vendor by itself, whatever stands beside it. */
export function keysIn(text: string): readonly string[] {
  return text.match(KEY) ?? [];
}

function anyOf(patterns: readonly RegExp[]): RegExp {
  const sources = patterns.map(({ source, flags }) => (flags.includes('i') ? caseless(source) : source));
  return new RegExp(`(?<![A-Za-z0-9])(?:${sources.join('|')})`, 'g');
}

/** One expression has one set of flags, so a letter of a caseless pattern becomes both; escapes and repetitions stay. */
function caseless(source: string): string {
  return source.replace(/\\.|\{[^}]*\}|\[[^\]]*\]|[a-z]/g, (part) =>
    part.length === 1 ? `[${part}${part.toUpperCase()}]` : part,
  );
}
