import { fenceMark, openFenceLine } from './code-lines.ts';

interface Block {
  readonly open: number;
  close: number;
  inner: number;
}

/**
 * Lengthens the fences of a block that has fences of the same length inside. In Markdown the first inner one would end it, and the rest of
 * the skill would be code. Only where that reading leaves a block open and the one that was meant leaves none.
 */
export function mendFences(text: string): string {
  const lines = text.split('\n');
  if (openFenceLine(lines) === undefined) return text;
  const blocks = nestedBlocks(lines);
  if (!blocks?.some(({ inner }) => inner > 0)) return text;
  for (const { open, close, inner } of blocks) {
    if (inner === 0) continue;
    for (const index of [open, close]) {
      const line = lines[index] ?? '';
      const marks = fenceMark(line)?.marks ?? '';
      lines[index] = line.replace(marks, marks.charAt(0).repeat(Math.max(inner, marks.length) + 1));
    }
  }
  return lines.join('\n');
}

/** Outer blocks when a fence with a language opens one inside and a bare one closes the innermost; undefined when one stays open. */
function nestedBlocks(lines: readonly string[]): readonly Block[] | undefined {
  const blocks: Block[] = [];
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    const mark = fenceMark(line);
    if (!mark) continue;
    const outer = blocks.at(-1);
    if (depth > 0 && outer)
      outer.inner = depth > 1 || mark.info !== '' ? Math.max(outer.inner, mark.marks.length) : outer.inner;
    if (depth === 0) blocks.push({ open: index, close: index, inner: 0 });
    if (depth === 0 || mark.info !== '') depth += 1;
    else depth -= 1;
    if (depth === 0 && outer) outer.close = index;
  }
  return depth === 0 ? blocks : undefined;
}
