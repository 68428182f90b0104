import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { validate } from 'skills-ref';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { verifyReceipt } from '../../../server/receipts/verify-receipt.ts';
import { envelope } from '../../../shared/contract/receipt.ts';
import { buildProgram } from '../../build.ts';
import { readConfig } from '../../leak/byo-client.ts';
import { makeCanary } from '../../leak/canary.ts';
import { type ForkedServer, forkServer } from '../../leak/forked.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';

let sandbox: TestSandbox;
let server: ForkedServer;
let out: string;

beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  server = await forkServer({
    UPSTREAM: sandbox.origin,
    REQUIRE_SEALED: '1',
    ALLOWED_HOSTS: '0.0.0.0',
    LOG_LEVEL: 'debug',
    SANDBOX_PACE: 'instant',
  });
});
afterAll(async () => {
  await server.kill();
  await sandbox.close();
  rmSync(out, { recursive: true, force: true });
});
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), 'oneturn-cli-'));
  sandbox.clear();
});

async function compose(args: readonly string[], input = '') {
  const child = spawn(process.execPath, [
    await buildProgram('server/cli/compose.ts'),
    '--server',
    server.url,
    '--out',
    out,
    ...args,
  ]);
  child.stdin.end(input);
  const [stdout, stderr, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((done) => child.once('exit', done)),
  ]);
  return { code, stdout, stderr };
}
const run = [
  '--goal',
  'turn merged pull requests into weekly release notes',
  '--provider',
  'anthropic',
  '--model',
  'claude-x',
];

test('writes the drafts as valid skill folders, and a receipt that verifies', async () => {
  const canary = makeCanary();
  const { code, stderr } = await compose(run, `  ${canary.key}\n`);
  expect(code).toBe(0);
  expect(stderr).toContain('Removed surrounding blanks.');
  const folders = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.length).toBeGreaterThan(0);
  for (const { name } of folders) expect(await validate(join(out, name))).toEqual([]);
  const signed = envelope.parse(JSON.parse(readFileSync(join(out, 'receipt.json'), 'utf8')));
  expect(verifyReceipt(signed, (await readConfig(server.url)).receiptKey.publicKey)).toMatchObject({
    outcome: 'done',
    credentials: 'user',
  });
  for (const phase of ['classifying', 'planning', 'drafting', 'analyzing']) expect(stderr).toContain(phase);

  // Sealed on the way, since this server takes nothing else; in clear in one header of each call, and nowhere in the output.
  expect(
    sandbox.journal.every(({ headers }) =>
      headers.some(([name, value]) => name === 'x-api-key' && value === canary.key),
    ),
  ).toBe(true);
  expect(stderr + server.output()).not.toContain(canary.blocks[0]);
});

test('needs no key for the sandbox', async () => {
  const { code, stderr } = await compose(['--goal', 'profile a CSV file']);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(sandbox.journal).toEqual([]);
});

test('writes a reused skill like a new one', async () => {
  const { code } = await compose([
    '--goal',
    'Profile a CSV file that a client sends and write a summary of it',
  ]);
  expect(code).toBe(0);
  expect(await validate(join(out, 'profile-csv'))).toEqual([]);
  expect(readFileSync(join(out, 'profile-csv', 'SKILL.md'), 'utf8')).toContain('# Profile a CSV file');
});

test('leaves skills that are there as they are, and offers another folder; with --force it does not', async () => {
  const goal = ['--goal', 'profile a CSV file'];
  expect((await compose(goal)).code).toBe(0);
  const [name = ''] = readdirSync(out, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);
  const file = join(out, name, 'SKILL.md');
  const drafted = readFileSync(file, 'utf8');
  writeFileSync(file, 'mine');

  const second = await compose(goal);
  onTestFinished(() => rmSync(`${out}-2`, { recursive: true, force: true }));
  expect(second.code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect(readFileSync(join(`${out}-2`, name, 'SKILL.md'), 'utf8')).toBe(drafted);
  expect(second.stderr).toContain(
    `is there already and stays as it is. This run goes into ${out}-2; --force`,
  );
  expect(second.stderr).toMatch(new RegExp(`skills in ${out}-2`));

  expect((await compose([...goal, '--force'])).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(drafted);
});

test('with --review a saved plan.json is drafted as it stands there', async () => {
  const ended = compose(['--goal', 'turn merged pull requests into weekly release notes', '--review']);
  const path = join(out, 'plan.json');
  const known = await vi.waitUntil(() => (existsSync(path) ? readFileSync(path, 'utf8') : undefined), {
    timeout: 100_000,
  });
  expect(readdirSync(out)).toEqual(['plan.json']);
  const file = JSON.parse(known);
  expect(file.questions[0]).toMatchObject({ id: 'q1', question: expect.any(String) });
  file.plan.items = [{ ...file.plan.items[0], name: 'my-own-name' }];
  writeFileSync(path, JSON.stringify(file));
  const { code, stderr } = await ended;
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(stderr).toContain('plan.json');
  const folders = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name)).toEqual(['my-own-name']);
});

test('another provider’s key is refused before anything is sent, unquoted', async () => {
  const { code, stderr } = await compose(run, 'sk-proj-0123456789abcdef0123456789\n');
  expect(code).toBe(1);
  expect(stderr).toContain('looks like a key of OpenAI');
  expect(stderr).not.toContain('0123456789');
  expect(sandbox.journal).toEqual([]);
});

test('a rejected key says what to do, and leaves no folder of skills', async () => {
  sandbox.script([{ fault: 'anthropic-401' }]);
  const { code, stderr } = await compose(run, `${makeCanary().key}\n`);
  sandbox.script([]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/did not accept|does not accept|rejected/);
  expect(readdirSync(out)).toEqual([]);
});

test('a key is never taken as an argument', async () => {
  const { code, stderr } = await compose([...run, '--key', 'sk-ant-api03-abcdefghijkl']);
  expect(code).toBe(1);
  expect(stderr).toContain('npm run compose');
  expect(stderr).not.toContain('abcdefghijkl');
  expect(existsSync(join(out, 'receipt.json'))).toBe(false);
});

test('a key goes to no server that could be another one on the way', async () => {
  const { code, stderr } = await compose(
    [...run, '--server', server.url.replace('127.0.0.1', '0.0.0.0')],
    `${makeCanary().key}\n`,
  );
  expect(code).toBe(1);
  expect(stderr).toContain('is not https');
  expect(sandbox.journal).toEqual([]);
});

test('a server that does not answer to a name says so in words', async () => {
  const { code, stderr } = await compose(
    [...run, '--server', server.url.replace('127.0.0.1', '[::ffff:127.0.0.2]')],
    `${makeCanary().key}\n`,
  );
  expect(code).toBe(1);
  expect(stderr).not.toContain('invalid_type');
});

test('a server that is not there is named as the trouble', async () => {
  const { code, stderr } = await compose([...run, '--server', 'http://127.0.0.1:9']);
  expect(code).toBe(1);
  expect(stderr).toContain('could not be reached');
});

test('shows what the provider said below our sentence, on one line of its own', {
  timeout: 30_000,
}, async () => {
  const message = 'The frobnicator is out of\u001b[31m blue paint.';
  sandbox.script([{ phase: 'draft', reply: { status: 400, body: JSON.stringify({ error: { message } }) } }]);
  const { code, stderr } = await compose(run, `${makeCanary().key}\n`);
  expect(code).toBe(1);
  expect(stderr).toMatch(/did not accept the request/);
  expect(stderr).toContain('\n  The provider said: The frobnicator is out of [31m blue paint.');
  expect(stderr).not.toContain('\u001b[31m');
});
