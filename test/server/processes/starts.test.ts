import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { makeDataFolder, removeDataFolder } from '../../data-folder.ts';
import { childrenOf } from '../../process-tree.ts';
import { until } from '../../until.ts';
import { seedDataDir } from '../database.ts';
import { type Started, start } from '../main-program.ts';

/** A start of two processes, on a data folder of its own, whose database has to be gone afterwards. */
async function startTwo(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Started & { readonly databaseIsGone: () => boolean }> {
  const folder = makeDataFolder('starts');
  await seedDataDir(folder);
  const started = start(flags, { PROCESSES: '2', DATA_DIR: folder, LOG_LEVEL: 'error', ...env });
  onTestFinished(async () => {
    started.child.kill('SIGKILL');
    await started.exited;
    removeDataFolder(folder);
  });
  const databaseIsGone = (): boolean => {
    const home = readFileSync(join(folder, 'postgres-home'), 'utf8').trim();
    return !readdirSync(join(home, 'cluster')).includes('postmaster.pid');
  };
  return { ...started, databaseIsGone };
}

const DIES_AT_ONCE = `data:text/javascript,import cluster from 'node:cluster'; if (cluster.isWorker) process.exit(7);`;

test('a process that dies at once three times ends the server with a sentence', async () => {
  const { exited, printed, databaseIsGone } = await startTwo(['--import', DIES_AT_ONCE]);
  expect(await exited).toBe(1);
  expect(printed()).toContain('three times in a row');
  expect(printed()).toMatch(/"code":7.*"again":false/);
  expect(printed()).not.toContain('http://');
  expect(databaseIsGone()).toBe(true);
});

test('a port that is taken is said once, in a sentence', async () => {
  const taken = createServer();
  await once(taken.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void taken.close());
  const address = taken.address();
  const PORT = String(typeof address === 'object' ? address?.port : 0);
  const { exited, printed, databaseIsGone } = await startTwo([], { PORT, LOG_LEVEL: 'silent' });
  expect(await exited).toBe(1);
  expect(printed()).toMatch(/^Port \d+ is taken\. [^\n]*\n$/);
  expect(databaseIsGone()).toBe(true);
});

test('a signal while its processes start ends them and the database', async () => {
  const { child, exited, printed, databaseIsGone } = await startTwo([]);
  await until(() => expect(childrenOf(child.pid ?? 0).filter(isNode)).toHaveLength(2));
  child.kill('SIGTERM');
  expect(await exited).toBe(0);
  expect(printed()).not.toContain('Error');
  expect(databaseIsGone()).toBe(true);
});

test('processes whose primary was killed do not outlive it', async () => {
  const { child, exited, printed } = await startTwo([]);
  await until(() => expect(printed()).toMatch(/Oneturn http:\S+\n/));
  const members = childrenOf(child.pid ?? 0);
  expect(members.length).toBeGreaterThanOrEqual(2);
  child.kill('SIGKILL');
  await exited;
  await until(() => expect(members.filter(isNode)).toEqual([]));
});

function isNode(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('main.js');
  } catch {
    return false;
  }
}
