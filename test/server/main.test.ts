import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ROUTES } from '../../shared/contract/routes.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { buildPrograms } from '../faults/programs.ts';
import { readAll, readConfig, sendRun } from '../leak/byo-client.ts';
import { makeCanary } from '../leak/canary.ts';
import { createTestSandbox } from '../sandbox/create-test-sandbox.ts';
import { until } from '../until.ts';
import { seedDataDir } from './database.ts';

const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
/** The server as `npm start` runs it, in a process of its own. */
const { server: MAIN } = await buildPrograms();
const dataDir = makeDataFolder('main');
afterAll(() => removeDataFolder(dataDir));

interface Started {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  printed(): string;
}

function start(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
  script: readonly string[] = [MAIN],
): Started {
  const child = spawn(process.execPath, [...flags, ...script], {
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: dataDir, PORT: '0', DATA_DIR: join(dataDir, 'data'), ...env },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void printed.push(chunk.toString()));
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  return { child, exited, printed: () => printed.join('') };
}

describe('an unsafe start', () => {
  test.concurrent.each([
    ['without certificate checks', [], { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'NODE_TLS_REJECT_UNAUTHORIZED'],
    ['with a debugger', ['--inspect=0'], {}, '--inspect'],
    [
      'with heap dumps and reports',
      [],
      { NODE_OPTIONS: '--heapsnapshot-signal=SIGUSR2 --report-on-fatalerror' },
      '--heapsnapshot',
    ],
  ])('%s is refused with a sentence', async (_, flags, env, named) => {
    const { exited, printed } = start(flags, env);
    expect(await exited).toBe(1);
    expect(printed()).toContain(named);
    expect(printed()).not.toContain('http://');
  });
});

describe('a start that fails', () => {
  const taken = createServer();
  beforeAll(async () => void (await once(taken.listen(0, '127.0.0.1'), 'listening')));
  afterAll(() => void taken.close());

  const portTaken = (): Readonly<Record<string, string>> => {
    const address = taken.address();
    return { PORT: String(typeof address === 'object' ? address?.port : 0) };
  };

  test.each([
    ['a port that is taken', portTaken, 'is taken'],
    ['an address of another machine', () => ({ HOST: '192.0.2.1' }), 'HOST'],
    ['a provider of hosted runs that nobody knows', () => ({ HOSTED_PROVIDER: 'nobody' }), 'HOSTED_PROVIDER'],
    ['a head file that cannot be', () => ({ AUDIT_HEAD_FILE: '/dev/null/heads.log' }), 'AUDIT_HEAD_FILE'],
  ])('for %s says so in a sentence and leaves no PostgreSQL behind', async (_, env, named) => {
    const folder = makeDataFolder('failed-start');
    await seedDataDir(folder);
    const { child, exited, printed } = start([], { DATA_DIR: folder, LOG_LEVEL: 'error', ...env() });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await exited;
      removeDataFolder(folder);
    });
    expect(await exited).toBe(1);
    expect(printed()).toMatch(new RegExp(`^[^\\n]*${named}[^\\n]*\\.\\n$`));
    const home = readFileSync(join(folder, 'postgres-home'), 'utf8').trim();
    expect(readdirSync(join(home, 'cluster'))).not.toContain('postmaster.pid');
    expect(readdirSync(join(home, 'cluster'))).toContain('PG_VERSION');
  });
});

describe('a signal while it starts', () => {
  test.each(['programs', 'socket'])('leaves no PostgreSQL behind, when it comes at %s', async (stage) => {
    const folder = makeDataFolder('signal');
    const { child, exited } = start([], { DATA_DIR: folder, LOG_LEVEL: 'error' });
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await exited;
      removeDataFolder(folder);
    });
    const home = (): string => readFileSync(join(folder, 'postgres-home'), 'utf8').trim();
    const ready = stage === 'programs' ? /^programs/ : /^socket$/;
    await until(() => expect(readdirSync(home()).some((name) => ready.test(name))).toBe(true));
    child.kill('SIGTERM');
    expect(await exited).toBe(0);
    expect(readdirSync(join(home(), 'cluster'))).not.toContain('postmaster.pid');
    expect(readdirSync(folder)).not.toContain('oneturn.lock');
  });
});

describe('a running server', () => {
  const { key, blocks } = makeCanary();
  /** Bugs with the key in them: one while the server starts (its listener for SIGUSR1 is the first it adds), two at a signal. */
  const BUGS = `data:text/javascript,process.on('newListener', (name) => {
    if (name === 'SIGUSR1') setImmediate(() => Promise.reject(new RangeError('${key}')));
  });
  process.on('SIGUSR2', () => {
    const bug = Object.assign(new Error('no header: ${key}', { cause: new Error('${key}') }), { key: '${key}' });
    Promise.reject(bug);
    setImmediate(() => { throw bug; });
  })`;
  let server: Started;
  let url: string;

  beforeAll(async () => {
    await seedDataDir(join(dataDir, 'data'));
    server = start(['--import', BUGS], { LOG_LEVEL: 'debug', SHUTDOWN_GRACE_MS: '0' });
    await until(() => expect(server.printed()).toMatch(/Oneturn http:\S+\n/));
    url = /Oneturn (http:\S+)/.exec(server.printed())?.[1] ?? '';
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    await server.exited;
  });

  test('logs a bug of its start by its class and place alone, and goes on', () => {
    expect(server.printed()).toMatch(/"RangeError".*"unhandled rejection"/);
    for (const block of blocks) expect(server.printed()).not.toContain(block);
  });

  test('logs a bug that nobody caught by its class and place alone, and serves on', async () => {
    server.child.kill('SIGUSR2');
    await expect
      .poll(server.printed)
      .toMatch(
        /"Error".*"unhandled rejection"[\s\S]*"uncaught"|"uncaught"[\s\S]*"Error".*"unhandled rejection"/,
      );
    for (const block of blocks) expect(server.printed()).not.toContain(block);
    expect((await fetch(url + ROUTES.health)).status).toBe(200);
  });

  test('does not open its debugger at SIGUSR1', async () => {
    server.child.kill('SIGUSR1');
    expect((await fetch(url + ROUTES.health)).status).toBe(200);
    const refused = new Promise((done) =>
      connect(9229, '127.0.0.1')
        .once('error', () => done(true))
        .once('connect', () => done(false)),
    );
    expect(server.printed()).not.toContain('Debugger listening');
    // Another process of this machine may be debugged: what counts is that it is not this one.
    if (!(await refused))
      expect(await (await fetch('http://127.0.0.1:9229/json')).text()).not.toContain('main.js');
  });

  test.runIf(process.platform === 'linux')('leaves no core file', () => {
    expect(readFileSync(`/proc/${server.child.pid}/limits`, 'utf8')).toMatch(/^Max core file size +[01] /m);
  });

  // Last: it ends the server.
  test('at SIGTERM ends a run with a last event that says why, and exits with 0', async () => {
    const config = await readConfig(url);
    const body = {
      goal: 'turn merged pull requests into weekly release notes',
      provider: 'sandbox',
      model: 'sandbox-1',
    };
    const sent = await sendRun(url, { key: undefined, sealed: false, body, config });
    const response = await sent.response;
    server.child.kill('SIGTERM');
    const text = await readAll(response);
    expect(text).toMatch(/event: failed\nid: \d+\ndata: .*"reason":"shutdown"/);
    expect(await server.exited).toBe(0);
  });
});

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
