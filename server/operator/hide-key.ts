import type { Ask } from '../../shared/compose/ask.ts';

/**
 * A gateway that echoes what it received would hand the operator's key to whoever started the run, in a plan that is kept. This takes it
 * out of everything that a provider says, however it is cut: raw, and in the forms that gateways log headers in.
 */

const HIDDEN = '[key removed]';

export function hideKey(ask: Ask, key: string | undefined): Ask {
  if (key === undefined) return ask;
  const forms = formsOf(key);
  return async (call, watch, signal) => {
    const cut = cutter(forms);
    const tell = (text: string): void => {
      if (text !== '') watch.text(text);
    };
    const answer = await ask(
      call,
      { waiting: watch.waiting, text: (delta) => tell(cut.next(delta)) },
      signal,
    );
    tell(cut.rest());
    return { ...answer, text: hide(answer.text, forms) };
  };
}

/** Holds back what may be the beginning of a form, until the next piece tells. */
function cutter(forms: readonly string[]): { next(delta: string): string; rest(): string } {
  let held = '';
  return {
    next: (delta) => {
      const text = hide(held + delta, forms);
      const from = Math.min(...forms.map((form) => beginningAt(text, form)));
      held = text.slice(from);
      return text.slice(0, from);
    },
    rest: () => held,
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
