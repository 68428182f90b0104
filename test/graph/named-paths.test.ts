import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const TEXTS = [
  ...[
    'README.md',
    'SECURITY.md',
    '.env.example',
    '.github/CONTRIBUTING.md',
    '.github/pull_request_template.md',
  ],
  ...['web/README.md', 'server/README.md', 'shared/README.md', 'test/README.md'],
  ...['test/bench/README.md', 'test/leak/README.md'],
];

/** Links to files, and what stands in backticks and is a path from the top folder or the name of a source file. */
function pathsIn(text: string): readonly string[] {
  const links = [...text.matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)];
  const named = [...text.matchAll(/`((?:web|server|shared|test|\.github|\.ci)\/[\w./@-]*)`/g)];
  const files = [...text.matchAll(/`([\w./-]+\.(?:tsx?|mjs|css|md))`/g)];
  return [...new Set([...links, ...named, ...files].map(([, path]) => path ?? ''))];
}

test.each(TEXTS)('every path that %s names is there', (file) => {
  const folder = dirname(file);
  const places = (path: string) => [path, join(folder, path)];
  const gone = pathsIn(readFileSync(file, 'utf8')).filter((path) => !places(path).some(existsSync));
  expect(gone).toEqual([]);
});

test('finds links, paths and names of files, and leaves addresses out', () => {
  const text =
    'See [web](web/gone.md#x), `server/gone/`, `gone.ts`, [them](https://a.example/b.md) and `npm run x`.';
  expect(pathsIn(text)).toEqual(['web/gone.md', 'server/gone/', 'gone.ts']);
});
