import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';

/** `npm run sandbox -- …`; `said` is all that it wrote until it was told to stop, or ended by itself. */
function sandbox(...args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/cli/sandbox.ts', ...args]);
  let said = '';
  const listening = new Promise<string>((resolve) => {
    child.stdout.on('data', (data) => {
      said += data;
      const origin = /listens at (\S+)\n/.exec(said)?.[1];
      if (origin) resolve(origin);
    });
  });
  child.stderr.on('data', (data) => {
    said += data;
  });
  const ended = new Promise<{ readonly code: number | null; readonly said: string }>((resolve) => {
    child.once('close', (code) => resolve({ code, said }));
  });
  return { listening, ended, stop: () => child.kill('SIGTERM') };
}

test('it listens by itself, answers, names its addresses, and stops when it is told to', async () => {
  const one = sandbox('--port', '0', '--pace', 'instant');
  const origin = await one.listening;
  const list = await (await fetch(`${origin}/v1/models`)).json();
  expect(list).toMatchObject({ object: 'list', data: [{ id: 'sandbox-1' }] });
  one.stop();
  const { code, said } = await one.ended;
  expect(code).toBe(0);
  expect(said).toContain(`OpenRouter         ${origin}/api/v1`);
}, 60_000);

test('it says what to do when its port is taken', async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
  const { code, said } = await sandbox('--port', String(port)).ended;
  server.close();
  expect(code).toBe(1);
  expect(said).toBe(`Port ${port} is taken. Choose another by --port, or 0 for any free one.\n`);
}, 60_000);

test.each([
  [['--port', '99999'], '--port takes a number from 0 to 65535.'],
  [['--pace', 'slow'], '--pace takes real, fast or instant.'],
  [['--prot', '1'], 'npm run sandbox -- [--port N]'],
])(
  'it refuses %j with a sentence',
  async (args, sentence) => {
    const { code, said } = await sandbox(...args).ended;
    expect(code).toBe(2);
    expect(said).toContain(sentence);
  },
  60_000,
);
