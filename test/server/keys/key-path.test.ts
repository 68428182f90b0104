import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/** Every file that may touch the key, from the input to the provider's header, and who may import it. */
const KEY_PATH: Readonly<Record<string, readonly string[]>> = {
  // in, at the page and at the terminal
  'web/ask/key-field.tsx': ['web/ask/key-panel.tsx'],
  'server/cli/key-prompt.ts': ['server/cli/compose.ts'],
  // cleaned, checked, sealed
  'shared/sealing/turn-key.ts': ['web/ask/seal-key.ts', 'server/cli/compose.ts'],
  'shared/sealing/key-shape.ts': ['shared/sealing/turn-key.ts', 'server/byo/receive-key.ts'],
  // opened, owned, put into the auth line, erased from answers
  'server/byo/receive-key.ts': ['server/byo/admit.ts'],
  'server/keys/provider-key.ts': ['server/byo/receive-key.ts'],
  'server/keys/key-socket.ts': ['server/start/start-server.ts'],
  'server/keys/redact-bytes.ts': ['server/keys/key-door.ts'],
};

const files = ['web', 'server', 'shared'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name)),
);

interface Import {
  readonly from: string;
  readonly to: string;
  /** Gone when the code runs: only shapes come in. */
  readonly typeOnly: boolean;
}

const imports: readonly Import[] = files.flatMap((from) =>
  [
    ...readFileSync(from, 'utf8').matchAll(
      /(?:import|export)(\s+type)?\s([^;'"]*?from\s*)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g,
    ),
  ].map((match) => {
    const names = /\{([^}]*)\}/
      .exec(match[2] ?? '')?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter(Boolean);
    const onlyTypes =
      names !== undefined && names.length > 0 && names.every((name) => name.startsWith('type '));
    return {
      from,
      to: normalize(join(dirname(from), match[3] ?? match[4] ?? '')),
      typeOnly: match[1] !== undefined || onlyTypes,
    };
  }),
);

test.each(Object.entries(KEY_PATH))('%s is imported by nobody else', (file, allowed) => {
  const importers = imports.filter(({ to, typeOnly }) => to === file && !typeOnly).map(({ from }) => from);
  expect(importers.sort()).toEqual([...allowed].sort());
});

test('the key’s class is known by its shape only where it is passed on', () => {
  const holders = imports.filter(({ to }) => to === 'server/keys/provider-key.ts').map(({ from }) => from);
  expect(holders.sort()).toEqual(
    ['byo/admit', 'byo/receive-key', 'keys/key-door', 'keys/key-socket', 'keys/redact-bytes'].map(
      (name) => `server/${name}.ts`,
    ),
  );
});

test('web and server do not import each other, and shared imports neither', () => {
  const folder = (file: string): string => file.split('/')[0] ?? '';
  const allowed: Readonly<Record<string, readonly string[]>> = {
    web: ['web', 'shared'],
    server: ['server', 'shared'],
    shared: ['shared'],
  };
  expect(imports.filter(({ from, to }) => !allowed[folder(from)]?.includes(folder(to)))).toEqual([]);
});

test('runs on the user’s key and hosted runs share no code that touches a credential', () => {
  const between = imports.filter(
    ({ from, to }) =>
      (/^server\/(?:byo|keys)\//.test(from) && /^server\/(?:hosted|operator)\//.test(to)) ||
      (/^server\/(?:hosted|operator)\//.test(from) && /^server\/(?:byo|keys)\//.test(to)),
  );
  expect(between).toEqual([]);
});

test('the transport imports nothing of either credential', () => {
  expect(
    imports.filter(
      ({ from, to }) =>
        from.startsWith('server/providers/') && /^server\/(?:byo|keys|hosted|operator)\//.test(to),
    ),
  ).toEqual([]);
});

test('a run on the user’s key can reach no database', () => {
  const database = imports.filter(
    ({ from, to }) =>
      /^server\/(?:byo|keys)\//.test(from) && /^server\/(?:storage|plans|accounts|audit|hosted)\//.test(to),
  );
  expect(database).toEqual([]);
});
