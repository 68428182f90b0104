import { wellFormed } from '../skills/skill-body.ts';

/** A model's text as one line of at most `max` UTF-16 units: no control characters, no half of a surrogate pair at its end. */
export function oneLine(text: string, max: number): string {
  const line = wellFormed(text)
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (line.length <= max) return line;
  return line
    .slice(0, max - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()
    .concat('…');
}
