export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The table below has a cell for each pair of lines; above this the middle is told as removed and added as a whole. */
const MAX_CELLS = 4_000_000;

/** Lines of `before` and `after` as one text: the longest common subsequence stays, the rest is removed or added. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;

  const middle = diffMiddle(a.slice(start, a.length - end), b.slice(start, b.length - end));
  return [...lines('same', a.slice(0, start)), ...middle, ...lines('same', a.slice(a.length - end))];
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  if (a.length * b.length > MAX_CELLS) return [...lines('removed', a), ...lines('added', b)];
  const width = b.length + 1;
  // common[i][j]: how many lines a[i…] and b[j…] have in common, in order
  const common = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }

  const result: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      result.push(...lines('same', a.slice(i, i + 1)));
      i++;
      j++;
    } else if (at(i + 1, j) >= at(i, j + 1)) result.push(...lines('removed', a.slice(i, ++i)));
    else result.push(...lines('added', b.slice(j, ++j)));
  }
  return [...result, ...lines('removed', a.slice(i)), ...lines('added', b.slice(j))];
}

function lines(kind: DiffLine['kind'], texts: readonly string[]): readonly DiffLine[] {
  return texts.map((text) => ({ kind, text }));
}

/** Runs of unchanged lines that are far from any change are left out; `skipped` says how many stood there. */
export type Hunk = { readonly skipped: number } | DiffLine;

export function foldSame(diff: readonly DiffLine[], around = 2): readonly Hunk[] {
  const near = diff.map((_, at) =>
    diff.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'),
  );
  const folded: Hunk[] = [];
  let skipped = 0;
  for (const [at, line] of diff.entries()) {
    if (!near[at]) {
      skipped++;
      continue;
    }
    if (skipped > 0) folded.push({ skipped });
    skipped = 0;
    folded.push(line);
  }
  return skipped > 0 ? [...folded, { skipped }] : folded;
}
