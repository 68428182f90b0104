import { FOLD } from './key-texts.ts';
import { breakAt, breakBefore, escapeAt, escapeBefore } from './read-unit.ts';

/** How far a text goes on from its character at `offset`, which stands at `at`: each character as itself or escaped, lines broken. */
export function forward(
  data: Uint8Array,
  at: number,
  text: Buffer,
  offset: number,
): { to: number; next: number } {
  let [to, next] = [at, offset];
  while (next < text.length && to < data.length) {
    const step = stepAt(data, to, text[next]);
    if (step > 0) {
      to += step;
    } else {
      const gap = next > offset ? breakAt(data, to) : 0;
      const behind = gap > 0 ? stepAt(data, to + gap, text[next]) : 0;
      if (behind === 0) break;
      to += gap + behind;
    }
    next += 1;
  }
  return { to, next };
}

function stepAt(data: Uint8Array, at: number, wanted: number | undefined): number {
  // Escapes first: what one begins with may be in the key, too.
  const unit = escapeAt(data, at);
  if (unit > 0 && FOLD[unit & 255] === wanted) return unit >> 8;
  return at < data.length && FOLD[data[at] ?? 0] === wanted ? 1 : 0;
}

/** The same towards its beginning: `first` is the first of its characters that stand there. */
export function backward(
  data: Uint8Array,
  at: number,
  text: Buffer,
  offset: number,
): { from: number; first: number } {
  let [from, first] = [at, offset];
  while (first > 0 && from > 0) {
    const step = stepBefore(data, from, text[first - 1]);
    if (step > 0) {
      from -= step;
    } else {
      const gap = breakBefore(data, from);
      const before = gap > 0 ? stepBefore(data, from - gap, text[first - 1]) : 0;
      if (before === 0) break;
      from -= gap + before;
    }
    first -= 1;
  }
  return { from, first };
}

function stepBefore(data: Uint8Array, end: number, wanted: number | undefined): number {
  // Escapes first: the last digit of one may look like the character.
  const unit = escapeBefore(data, end);
  if (unit > 0 && FOLD[unit & 255] === wanted) return unit >> 8;
  return end > 0 && FOLD[data[end - 1] ?? 0] === wanted ? 1 : 0;
}
