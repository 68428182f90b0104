import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { readAll, readConfig, sendRun } from '../leak/byo-client.ts';
import { makeCanary } from '../leak/canary.ts';
import { createTestSandbox } from '../sandbox/create-test-sandbox.ts';
import { until } from '../until.ts';
import { seedDataDir } from './database.ts';
import { dataDir, start } from './main-program.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

afterAll(() => removeDataFolder(dataDir));

describe.runIf(process.platform === 'linux')('a crash', () => {
  /** Takes memory at a signal until there is none. */
  const GREEDY = `data:text/javascript,process.on('SIGUSR2', () => {
    for (const held = [];;) held.push(Array.from({ length: 1e5 }, Math.random));
  })`;

  test('for want of memory, in the middle of a run, leaves no dump and no word of its key', async () => {
    const sandbox = await createTestSandbox({ pace: 'instant', journal: true });
    const folder = makeDataFolder('memory');
    await seedDataDir(folder);
    onTestFinished(async () => {
      await sandbox.close();
      removeDataFolder(folder);
    });
    const lab = { id: 'lab', name: 'Lab', format: 'anthropic', baseUrl: sandbox.origin };
    const { child, exited, printed } = start(['--max-old-space-size=192', '--import', GREEDY], {
      ...{ LOG_LEVEL: 'debug', DATA_DIR: folder, TMPDIR: folder },
      PROVIDER_ENDPOINTS: JSON.stringify([lab]),
    });
    await until(() => expect(printed()).toMatch(/Oneturn http:\S+\n/));
    const url = /Oneturn (http:\S+)/.exec(printed())?.[1] ?? '';
    const { key, blocks } = makeCanary();
    sandbox.script([{ phase: 'draft', stop: { how: 'hang', after: 8 } }]);
    const body = { goal: 'write one skill that lists files', provider: 'lab', model: 'm' };
    const sent = await sendRun(url, { key, sealed: true, body, config: await readConfig(url) });
    const told = readAll(await sent.response);
    await expect.poll(() => sandbox.journal.length).toBe(3);

    child.kill('SIGUSR2');
    expect(await exited).not.toBe(0);
    expect(await told).toContain('event: plan');
    await expect.poll(() => sandbox.counters.openSockets).toBe(0);
    expect(printed()).toContain('heap out of memory');
    const files = [dataDir, folder].flatMap((where) =>
      readdirSync(where, { recursive: true, withFileTypes: true }),
    );
    expect(
      files
        .map(({ name }) => name)
        .filter((name) => /^core|^report\.|heap(?:snapshot|profile)|^node_trace/.test(name)),
    ).toEqual([]);
    const written = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
    expect(written.length).toBeGreaterThan(0);
    for (const text of [printed(), ...written])
      expect(blocks.filter((block) => text.includes(block))).toEqual([]);
    expect(sandbox.journal[2]?.headers).toContainEqual(['x-api-key', key]);
  });

  test('leaves no core file where the shell would have allowed one', async () => {
    const module = pathToFileURL(resolve('server/start/forbid-core-dumps.ts')).href;
    const script = `import('${module}').then(({ forbidCoreDumps }) => { console.log(forbidCoreDumps()); process.abort(); })`;
    const child = spawn(
      'sh',
      [
        '-c',
        'ulimit -S -c unlimited 2>/dev/null; exec "$0" "$@"',
        process.execPath,
        '--import',
        TSX,
        '-e',
        script,
      ],
      {
        cwd: dataDir,
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    const [[said], [code, signal]] = await Promise.all([once(child.stdout, 'data'), once(child, 'exit')]);
    expect(String(said).trim()).toBe('true');
    expect(code === null ? signal : code).not.toBe(0);
    expect(readdirSync(dataDir).filter((name) => name.startsWith('core'))).toEqual([]);
  });
});
