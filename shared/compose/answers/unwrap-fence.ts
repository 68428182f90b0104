import { fenceMark } from './code-lines.ts';

/**
 * What stands in a code fence around a whole draft, or undefined when there is none. Models put their own fences of the same length into it,
 * so that in Markdown's own reading the first of them would end the outer one.
 */
export function unwrapFence(text: string): string | undefined {
  const lines = text.split('\n');
  const outer = fenceMark(lines[0] ?? '');
  if (!outer || !/^(?:markdown|md|mdx|text|txt|skill\.?md|)$/i.test(outer.info)) return undefined;
  const last = lines.findLastIndex((line) => line.trim() !== '');
  const closing = fenceMark(lines[last] ?? '');
  const closed = last > 0 && closing?.info === '' && closing.marks.startsWith(outer.marks);
  const inner = lines.slice(1, closed ? last : undefined);

  const marks = inner.map(fenceMark).filter((mark) => mark?.marks.startsWith(outer.marks));
  // A fence that is never closed is the outer one only when nothing else is left open.
  if (marks.length % 2 === 1) return undefined;
  if (!closed && marks.length === 0 && last < lines.length - 1) return undefined;
  // Neither has a language: the body begins with a code block of its own, and the second fence is its end.
  if (outer.info === '' && marks[0]?.info === '') return undefined;
  const begins = inner.find((line) => line.trim() !== '') ?? '';
  const isBody = /^#{1,6}\s|^---[ \t]*$/.test(begins);
  if (!isBody && (outer.info === '' || marks.length > 0)) return undefined;
  return inner.join('\n');
}
