// C0 controls but tab and line feed. NUL breaks databases and C strings, ESC drives a terminal that prints the file.
const CONTROLS = /[\0-\x08\x0b-\x1f\x7f]/g;

/**
 * The one form of a skill's Markdown that is stored, signed and shown: LF line ends, no control characters, well-formed UTF-16, no
 * blank lines at either end but one final line feed. Empty stays empty.
 */
export function normalizeBody(body: string): string {
  const text = wellFormed(body)
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replaceAll(CONTROLS, '')
    .replace(/^(?:[ \t]*\n)+/, '');
  const end = text.trimEnd();
  return end === '' ? '' : `${end}\n`;
}

/** Replaces lone surrogates, which UTF-8 cannot hold, so that a string and its bytes say the same. */
export function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
