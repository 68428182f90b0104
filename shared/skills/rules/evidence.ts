import { maskSecrets } from './secrets.ts';

const MAX_CHARS = 160;

/** The text that a finding is about, in one short line, with secrets masked. */
export function evidenceOf(text: string): string {
  const line = maskSecrets(text.slice(0, MAX_CHARS * 4))
    .replace(/\s{1,400}/g, ' ')
    .trim();
  return line.length > MAX_CHARS ? `${line.slice(0, MAX_CHARS - 1)}…` : line;
}
