import { createHash } from 'node:crypto';

/** Endings of what `clawdhub` takes for text; it counts no other file. */
const TEXT_ENDINGS: ReadonlySet<string> = new Set(
  'md mdx txt json json5 yaml yml toml js cjs mjs ts tsx jsx py sh rb go rs swift kt java cs cpp c h hpp sql csv ini cfg env xml html css scss sass svg'.split(
    ' ',
  ),
);

interface Hashed {
  readonly path: string;
  readonly sha256: string;
}

/** What `clawdhub` knows an installed version by: a line for each text file, sorted by path as people sort, and the SHA-256 of them all. */
export function fingerprint(files: readonly Hashed[]): string {
  const lines = files
    .filter(({ path }) => TEXT_ENDINGS.has(path.split('.').at(-1)?.toLowerCase() ?? ''))
    .toSorted((a, b) => a.path.localeCompare(b.path, 'en'))
    .map(({ path, sha256 }) => `${path}:${sha256}`);
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}
