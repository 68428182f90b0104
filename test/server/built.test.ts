import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { Browser } from '../faults/browser.ts';
import { startServer } from '../faults/processes.ts';
import { buildPrograms } from '../faults/programs.ts';
import { testStorage, urlOf } from './database.ts';
import { finishedPlan } from './plans/plan-fixture.ts';

const storage = await testStorage();

/** A package that the build left out would still be found in this checkout: hence the folder elsewhere. */
test('the built server runs from its own files alone, no node_modules in sight', async () => {
  const folder = makeDataFolder('built');
  const programs = await buildPrograms();
  try {
    cpSync(dirname(programs.server), join(folder, 'server'), { recursive: true });
    const { rows } = await storage.pool.query<{ name: string }>('select current_database() as name');
    const server = await startServer(join(folder, 'server/main.js'), {
      NODE_ENV: 'production',
      DATA_DIR: join(folder, 'data'),
      DATABASE_URL: urlOf(storage, rows[0]?.name ?? ''),
    });
    const browser = await new Browser(() => server.url).signUp('builder');
    const saved = await browser.send('POST', '/v1/plans', finishedPlan());
    expect([saved.status, (await fetch(`${server.url}/readyz`)).status]).toEqual([201, 200]);
    await server.end('SIGTERM');
    expect(server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);
  } finally {
    programs.remove();
    removeDataFolder(folder);
  }
});
