import { expect, test } from 'vitest';
import { sourceFiles } from './imports.ts';
import { unqualifiedKeys } from './key-words.ts';

/**
 * Rooms that no provider's key is in. There `key` alone would be read as one, so that whatever else is called a key says of what:
 * `signingKey`, `idempotencyKey`, `queryKey`; a field of an object has a name, and an entry of a map what it is.
 */
const ROOMS = [
  ...['server/audit', 'server/hosted', 'server/http', 'server/plans', 'server/receipts', 'server/storage'],
  ...['server/access', 'server/page', 'server/runs', 'server/telemetry', 'shared/compose', 'shared/skills'],
  ...['web/account', 'web/diff', 'web/http', 'web/markdown', 'web/plans'],
];

test.each(ROOMS)('%s calls nothing a key without saying of what', (room) => {
  const files = (['server', 'shared', 'web'] as const).flatMap(sourceFiles);
  const own = files.filter((file) => file.startsWith(`${room}/`));
  expect(own.length).toBeGreaterThan(0);
  expect(own.flatMap((file) => unqualifiedKeys(file).map((name) => `${file}: ${name}`))).toEqual([]);
});

test.each([
  ['a map’s entries', 'for (const [key, value] of map) use(key, value);', ['key']],
  ['a parameter', 'export function read(cacheKey: string): void {}', ['cacheKey']],
  ['a constant', 'const BUCKET_KEYS = new Set();', ['BUCKET_KEYS']],
  ['a signing key', 'export function read(signingKey: string): void {}', []],
  ['react-query’s own word', 'const options = { queryKey: ["plans"] };', []],
  ['a method', 'for (const name of Object.keys(fields)) use(name);', []],
  ['React’s word', 'const line = <li key={at}>x</li>;', []],
])('tells %s', (_, source, names) => {
  expect(unqualifiedKeys('one.tsx', source)).toEqual(names);
});
