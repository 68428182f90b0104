import { afterAll, beforeAll, expect, test } from 'vitest';
import { epochMs } from '../../sandbox/journal.ts';
import { until } from '../../until.ts';
import { CALLS, openAiBody } from './prompts.ts';
import { openRaw, partsOf, rawRequest } from './raw-request.ts';
import { type SandboxProcess, startSandboxProcess } from './sandbox-process.ts';

let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
}, 60_000);
afterAll(() => sandbox.stop());

test('in its own process it takes scripts and shows its journal and counters', async () => {
  await sandbox.script([{ phase: 'plan', fault: 'openai-429' }]);
  const { head } = partsOf(
    await rawRequest(sandbox.origin, '/v1/chat/completions', openAiBody(CALLS.plan), {
      authorization: 'Bearer sk-x',
    }),
  );
  expect(head).toMatch(/^HTTP\/1.1 429/);
  const [entry] = await sandbox.journal();
  expect(entry).toMatchObject({ phase: 'plan', ended: 'finished' });
  expect(entry?.headers).toContainEqual(['authorization', 'Bearer sk-x']);
  expect(await sandbox.counters()).toMatchObject({ requests: 1, finished: 1, openSockets: 0 });
  await sandbox.clear();
  expect(await sandbox.journal()).toEqual([]);
});

test('the time of an abort is on the same clock as ours', async () => {
  await sandbox.script([{ stop: { how: 'hang', after: 'head' } }]);
  const socket = openRaw(sandbox.origin, '/v1/chat/completions', openAiBody(CALLS.draft, { stream: true }));
  await new Promise((resolve) => socket.once('data', resolve));
  const before = epochMs();
  socket.destroy();
  await until(async () => expect((await sandbox.counters()).aborted).toBe(1));
  const { lastAbortAtMs } = await sandbox.counters();
  // Two processes read one wall clock, which may be set between their starts; another clock is years away.
  expect(lastAbortAtMs).toBeGreaterThan(before - 60_000);
  expect(lastAbortAtMs).toBeLessThan(epochMs() + 60_000);
});

test('a script that is none is refused with its reason', async () => {
  await expect(sandbox.script(JSON.parse('[{"falt":1}]'))).rejects.toThrow('falt');
});
