import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { ROUTES } from '../../shared/contract/routes.ts';
import { makeDataFolder, removeDataFolder } from '../data-folder.ts';
import { readAll, readConfig, sendRun } from '../leak/byo-client.ts';
import { makeCanary } from '../leak/canary.ts';
import { until } from '../until.ts';
import { seedDataDir } from './database.ts';
import { dataDir, type Started, start } from './main-program.ts';

afterAll(() => removeDataFolder(dataDir));

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
