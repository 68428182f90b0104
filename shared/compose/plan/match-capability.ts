import type { Intent } from '../../contract/plan.ts';

/** Tells which capability a model means: `C1`, `c-1`, `1`, `c1: Sort the post` or the need itself. What it cannot match stays as it is. */
export function capabilityMatcher(capabilities: Intent['capabilities']): (given: string) => string {
  const ids = new Set(capabilities.map(({ id }) => id));
  const byId = new Map(capabilities.map(({ id }) => [plain(id), id]));
  const byNeed = new Map(capabilities.map(({ id, need }) => [plain(need), id]));
  const byNumber = unique(capabilities.map(({ id }) => [/^\D*(\d+)$/.exec(id)?.[1] ?? '', id]));
  return (given) => {
    if (ids.has(given)) return given;
    return (
      byId.get(plain(given)) ??
      byNeed.get(plain(given)) ??
      byId.get(plain(/^\s*([\w-]{1,64})\s*[:.)–—-]/.exec(given)?.[1] ?? '')) ??
      byNumber.get(/^\D{0,12}?(\d+)\D?$/.exec(given.trim())?.[1] ?? '') ??
      given
    );
  };
}

/** Leaves out names that two capabilities share. */
function unique(pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  for (const [name] of pairs) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(pairs.filter(([name]) => name !== '' && counts.get(name) === 1));
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
