import { VERSION } from '../contract/author/version.ts';

/** Three numbers with points between them, each below a million and without leading zeros. */
export function isVersion(text: string): boolean {
  return VERSION.test(text);
}

/** Negative: the first is older. Both must be versions. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** The next patch; 1.0.0 where there is none yet. */
export function nextVersion(latest: string | undefined): string {
  if (latest === undefined) return '1.0.0';
  const [major, minor, patch] = numbersOf(latest);
  return `${major}.${minor}.${patch + 1}`;
}

function numbersOf(version: string): readonly [number, number, number] {
  const [, major, minor, patch] = VERSION.exec(version) ?? [];
  return [Number(major), Number(minor), Number(patch)];
}
