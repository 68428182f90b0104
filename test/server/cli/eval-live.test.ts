import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeCanary } from '../../leak/canary.ts';
import { type ForkedServer, forkServer } from '../../leak/forked.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';

let sandbox: TestSandbox;
let server: ForkedServer;

beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  server = await forkServer({ UPSTREAM: sandbox.origin, REQUIRE_SEALED: '1' });
});
afterAll(async () => {
  await server.kill();
  await sandbox.close();
});
beforeEach(() => sandbox.clear());

async function evaluate(args: readonly string[], env: Record<string, string>, input = '') {
  const program = ['node_modules/tsx/dist/cli.mjs', 'test/eval/main.ts', '--server', server.url, ...args];
  const child = spawn(process.execPath, program, { env: { ...process.env, ...env } });
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  return { code, stdout, stderr };
}

const anthropic = ['--provider', 'anthropic', '--model', 'claude-x', '--only', 'seeds'];

/** The keys with which calls arrived, each once. */
const arrived = (): readonly string[] => [
  ...new Set(
    sandbox.journal.flatMap(({ headers }) =>
      headers.flatMap(([name, value]) => (name === 'x-api-key' ? [value] : [])),
    ),
  ),
];

test('measures a provider on a key out of a variable, and on one out of a pipe', async () => {
  const variable = makeCanary();
  const first = await evaluate([...anthropic, '--key-env', 'LIVE_KEY'], { LIVE_KEY: variable.key });
  expect({ code: first.code, stderr: first.stderr }).toMatchObject({ code: 0 });
  expect(first.stdout).toMatch(/seeds .*\d of 5.*'done'/);
  expect(arrived()).toEqual([variable.key]);

  sandbox.clear();
  const piped = makeCanary();
  const second = await evaluate(anthropic, {}, `${piped.key}\n`);
  expect({ code: second.code, stderr: second.stderr }).toMatchObject({ code: 0 });
  expect(arrived()).toEqual([piped.key]);

  const said = first.stdout + first.stderr + second.stdout + second.stderr;
  for (const { blocks } of [variable, piped]) expect(said).not.toContain(blocks[0]);
}, 240_000);

test('says which variable is missing, and sends nothing', async () => {
  const { code, stderr } = await evaluate([...anthropic, '--key-env', 'LIVE_KEY'], { LIVE_KEY: '' });
  expect(code).toBe(1);
  expect(stderr).toContain('The environment has no LIVE_KEY');
  expect(sandbox.journal).toEqual([]);
});
