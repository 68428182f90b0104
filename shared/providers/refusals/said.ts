import { cutText, plainText } from '../plain-text.ts';
import { REDACTED, redactText } from '../redact-patterns.ts';

export const MAX_SAID_CHARS = 500;
/** What is read before the key is taken out, which needs whole words. Afterwards it is cut to `MAX_SAID_CHARS`. */
const MAX_DRAFT_CHARS = 2000;

/**
 * Providers quote keys in part: `sk-…abcd`, `sk-proj-****abcd`, `xa***bc`, `<ak-f8ty…>`, "ending in abcd". Parts of a key are not shown
 * either.
 */
const MASKED: readonly RegExp[] = [
  /[\w-]{0,200}(?:\*{3,}|[•●]{2,})[\w*•●-]{0,200}/g,
  /[\w-]{2,200}(?:…|\.{3})[\w-]{2,200}/g,
  /[\w-]{1,40}-x{4,}[\w-]{0,40}/gi,
  /\b(?:ak|sk|pk|rk|gsk|xai|pplx|nvapi|hf)[-_][\w-]{6,200}/g,
  /(?<=\b(?:key|token)(?: (?:provided|given|used|is))?[:=] ?["'`<]?)(?=[\w.+/=-]{0,200}[A-Z\d_-])[\w.+/=-]{6,200}/gi,
  /(?<=\b(?:end|start|begin)(?:s|ing|ning)? (?:in|with)[: ]{1,3}["'`]?)[\w-]{3,200}/gi,
];

/** Prepares a provider's words for the user: plain, and without anything that looks like a key or a part of one. Not yet cut. */
export function draftSaid(text: string): string | undefined {
  const plain = redactText(plainText(text.slice(0, MAX_DRAFT_CHARS)));
  const said = MASKED.reduce((rest, masked) => rest.replace(masked, REDACTED), plain);
  return said === '' ? undefined : said;
}

/**
 * The words as they may be shown. `clean` takes the exact key out, which only its holder can do. Where the key's characters have others
 * between them, nothing is shown.
 */
export function finishSaid(draft: string, clean: (text: string) => string): string {
  const packed = [/[^\x21-\x7e]/g, /[^A-Za-z0-9_-]/g, /[^A-Za-z0-9]/g].map((between) =>
    draft.replace(between, ''),
  );
  const hidden = packed.some((text) => clean(text) !== text);
  const cleaned = clean(draft);
  if (hidden && cleaned === draft) return REDACTED;
  return cutText(plainText(cleaned), MAX_SAID_CHARS);
}
