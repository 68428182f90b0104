import { diffArrays } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** More changes than these in one text are told as a whole, since looking for the shortest way takes the square of their number. */
const MAX_CHANGES = 1000;

/** Lines of `before` and `after` as one text: the longest common subsequence stays, the rest is removed or added. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const a = before.split('\n');
  const b = after.split('\n');
  const changes = diffArrays(a, b, { maxEditLength: MAX_CHANGES });
  if (changes === undefined) return [...lines('removed', a), ...lines('added', b)];
  return changes.flatMap(({ added, removed, value }) => {
    if (added) return lines('added', value);
    return lines(removed ? 'removed' : 'same', value);
  });
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
