import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { Browser } from '../faults/browser.ts';
import { startServer } from '../faults/processes.ts';
import { buildPrograms } from '../faults/programs.ts';
import { HTTP_FAULTS } from '../sandbox/faults.ts';
import { KEY_MARK } from '../sandbox/key-echo.ts';
import { STREAM_ERRORS } from '../sandbox/stream-errors.ts';
import { testStorage, urlTo } from './database.ts';
import { finishedPlan } from './plans/plan-fixture.ts';

const storage = await testStorage();

const programs = await buildPrograms();

/** A package that the build left out would still be found in this checkout: hence the folder elsewhere. */
test('the built server runs from its own files alone, no node_modules in sight', async () => {
  const folder = makeDataFolder('built');
  try {
    cpSync(dirname(programs.server), join(folder, 'server'), { recursive: true });
    const server = await startServer(join(folder, 'server/main.js'), {
      NODE_ENV: 'production',
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: urlTo(storage),
    });
    const browser = await new Browser(() => server.url).signUp('builder');
    const saved = await browser.send('POST', '/v1/plans', finishedPlan());
    expect([saved.status, (await fetch(`${server.url}/readyz`)).status]).toEqual([201, 200]);
    await server.end('SIGTERM');
    expect(server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);
  } finally {
    removeDataFolder(folder);
  }
});

test('no code ships that echoes a key, keeps what a provider was sent, or plays a fault', () => {
  const folder = dirname(programs.server);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  const code = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  // what the sandbox of tests is known by, and what the built-in one is: else this would search the wrong files
  const ofTests = [KEY_MARK, '/__journal', STREAM_ERRORS.malformed, HTTP_FAULTS['azure-404'].body];
  const inCode = (text: string): boolean =>
    code.includes(JSON.stringify(text).slice(1, -1)) || code.includes(text);
  expect(ofTests.filter(inCode)).toEqual([]);
  expect(['sandbox-1', 'fp_sandbox'].filter(inCode)).toHaveLength(2);
});
