/**
 * A gateway that echoes what it received would hand the operator's key to whoever started the run, in a plan that is kept. This takes it
 * out of everything that a provider says, however it is cut: raw, and in the forms that gateways log headers in.
 */

const HIDDEN = '[key removed]';

/** One function per answer, for `Upstream.textCleaner`: it holds back what may be the beginning of a form, until the next piece tells. */
export function createKeyHider(key: string): () => (delta: string, last: boolean) => string {
  const forms = formsOf(key);
  return () => {
    let held = '';
    return (delta, last) => {
      const text = hide(held + delta, forms);
      const from = last ? text.length : Math.min(...forms.map((form) => beginningAt(text, form)));
      held = text.slice(from);
      return text.slice(0, from);
    };
  };
}

/** Shorter pieces stand in words by chance. */
const PIECE = 8;

/** For `Upstream.wordsCleaner`: takes even pieces of the key out. */
export function createPieceHider(key: string): (words: string) => string {
  return (words) => {
    let hidden = words;
    for (let from = 0; from + PIECE <= key.length; from += 1)
      hidden = hidden.replaceAll(key.slice(from, from + PIECE), HIDDEN);
    return hidden;
  };
}

/** Where the text's end begins to be the form, or the text's length. */
function beginningAt(text: string, form: string): number {
  for (let from = Math.max(0, text.length - form.length + 1); from < text.length; from += 1) {
    if (form.startsWith(text.slice(from))) return from;
  }
  return text.length;
}

function hide(text: string, forms: readonly string[]): string {
  return forms.reduce((rest, form) => rest.replaceAll(form, HIDDEN), text);
}

function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  const hex = bytes.toString('hex');
  // base64 of the key alone, and its part that stays the same when one or two bytes stand before it
  const shifted = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const text = whole.toString('base64').replace(/=+$/, '');
    return text.slice(Math.ceil((before * 4) / 3), whole.length % 3 === 0 ? undefined : -1);
  });
  const url = shifted.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  const escaped = JSON.stringify(key).slice(1, -1);
  return [...new Set([key, escaped, encodeURIComponent(key), hex, hex.toUpperCase(), ...shifted, ...url])];
}
