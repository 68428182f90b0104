import { expect, test } from 'vitest';
import { readImports } from '../../graph/imports.ts';

/** The key's way, folder by folder from the input to the provider's header, and what may import the code of each. */
const KEY_PATH: Readonly<Record<string, readonly string[]>> = {
  // in, at the page and at the terminal
  'web/ask/key/key-field.tsx': ['web/ask/key', 'web/stored-keys'],
  'server/cli/key-prompt.ts': ['server/cli'],
  // cleaned, checked, sealed
  'web/ask/key/take-pasted.ts': ['web/ask'],
  'shared/sealing/env-key.ts': ['web/ask'],
  'shared/sealing/turn-key.ts': ['web/ask/key', 'server/cli'],
  'shared/sealing/key-shape.ts': ['shared/sealing', 'server/byo', 'server/vault'],
  // opened, owned, put into the auth line, erased from answers
  'server/byo/receive-key.ts': ['server/byo'],
  // the same for a key that is stored for hosted runs, by a way of its own
  'server/vault/receive-stored.ts': ['server/vault'],
  'server/keys/': ['server/byo', 'server/vault', 'server/keys', 'server/start'],
};

const imports = readImports(['web', 'server', 'shared']);

test.each(Object.entries(KEY_PATH))('%s is imported from its own way alone', (path, allowed) => {
  const importers = imports.filter(({ to, typeOnly }) => to.startsWith(path) && !typeOnly);
  expect(importers.length).toBeGreaterThan(0);
  expect(importers.filter(({ from }) => !allowed.some((folder) => from.startsWith(`${folder}/`)))).toEqual(
    [],
  );
});

test('the key’s class is known by its shape only where it is passed on', () => {
  const holders = imports.filter(({ to }) => to === 'server/keys/provider-key.ts').map(({ from }) => from);
  expect(holders.filter((from) => !/^server\/(?:byo|keys|vault)\//.test(from))).toEqual([]);
});
