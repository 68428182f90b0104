import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { readAll, readConfig, type SendOptions, type Sent, sendRun } from '../../leak/byo-client.ts';
import { type Canary, canariesOfAllLengths, makeCanary } from '../../leak/canary.ts';
import { copies, scanBytes } from '../../leak/memory-scan.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { until } from '../../until.ts';
import { type TwoProcesses, twoProcesses } from './two-processes.ts';

const BODY = { goal: 'write one skill that lists files', provider: 'lab', model: 'm' };
const fresh = { connection: 'close' };

describe.skipIf(process.platform !== 'linux')('a server of two processes', () => {
  let sandbox: TestSandbox;
  let two: TwoProcesses;
  let config: ServerConfig;
  /** Keys that were used, in whatever way. */
  const canaries: Canary[] = [];
  let done = 0;

  const send = async (more: Partial<SendOptions> = {}): Promise<Sent> => {
    const canary = makeCanary();
    canaries.push(canary);
    return sendRun(two.server.url, { key: canary.key, sealed: true, body: BODY, config, ...more });
  };
  const runToEnd = async (more: Partial<SendOptions> = {}): Promise<string> => {
    const text = await readAll(await (await send(more)).response);
    if (text.includes('event: done')) done += 1;
    return text;
  };
  /** Until the route was asked of both: connections are handed out in turn. */
  const askBoth = async (line: string, ask: () => Promise<void>): Promise<void> => {
    const before = two.server.printed().length;
    const pids = (): number =>
      new Set(
        two.server
          .printed()
          .slice(before)
          .split('\n')
          .filter((one) => one.includes(line))
          .map((one) => /"pid":(\d+)/.exec(one)?.[1]),
      ).size;
    await until(async () => {
      await ask();
      expect(pids()).toBe(2);
    });
  };

  beforeAll(async () => {
    sandbox = await createTestSandbox({ pace: 'instant', journal: true });
    two = await twoProcesses(sandbox.origin, { spied: true });
    config = await readConfig(two.server.url);
  });
  afterAll(async () => {
    await two.stop();
    await sandbox.close();
  });
  beforeEach(() => {
    sandbox.script([]);
    sandbox.clear();
  });

  test('serves from both, with one sealing key and one list of providers, and is ready', async () => {
    expect(two.members()).toHaveLength(2);
    await askBoth('"route":"/v1/config"', async () => {
      const { now: _, ...seen } = await readConfig(two.server.url);
      const { now: __, ...first } = config;
      expect(seen).toEqual(first);
    });
    expect(await two.ready()).toBe(200);
  });

  test('takes a run once, whichever process gets the second one', async () => {
    const sent = await send();
    expect(await readAll(await sent.response)).toContain('event: done');
    done += 1;
    await askBoth('"byo refused"', async () =>
      expect(await runToEnd({ run: sent.run })).toContain('conflict'),
    );
  });

  test('gives a receipt and takes an answer to a plan at the process without the run', async () => {
    const sent = await send({ body: { ...BODY, review: true } });
    const response = await sent.response;
    let text = '';
    const ended = (async () => {
      for await (const chunk of response) text += String(chunk);
    })();
    await until(() => expect(text).toContain('event: review'));
    const answer = (body: object): Promise<Response> =>
      fetch(two.server.url + ROUTES.byoPlan(sent.run), {
        method: 'POST',
        headers: { ...fresh, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    await askBoth('"route":"/v1/intent/byo/:run/plan"', async () =>
      expect((await answer({ touch: true })).status).toBe(200),
    );
    const plan: unknown = JSON.parse(/event: plan\nid: \d+\ndata: (.*)/.exec(text)?.[1] ?? '');
    // pasted by mistake, and at either process refused by the run
    const pasted = { plan, answers: { which: canaries.at(-1)?.key } };
    await askBoth('"route":"/v1/intent/byo/:run/plan"', async () =>
      expect((await answer(pasted)).status).toBe(400),
    );
    expect((await answer({ plan })).status).toBe(200);
    await ended;
    expect(text).toContain('event: done');
    done += 1;
    await askBoth('"route":"/v1/intent/byo/:run/receipt"', async () => {
      const receipt = await fetch(two.server.url + ROUTES.byoReceipt(sent.run), { headers: fresh });
      expect(await receipt.json()).toHaveProperty('payload');
    });
  });

  test('sums what both counted', async () => {
    for (let i = 0; i < 4; i++) expect(await runToEnd()).toContain('event: done');
    expect(two.wrote('"byo run"').size).toBe(2);
    await askBoth('"route":"/metrics"', async () => expect(await counted()).toBe(done));
  });

  async function counted(): Promise<number> {
    const text = await (await fetch(two.server.url + ROUTES.metrics, { headers: fresh })).text();
    return Number(/^oneturn_byo_runs_total\{provider="lab",outcome="done"\} (\d+)$/m.exec(text)?.[1]);
  }

  test('loses a process: its runs end, the others go on, and another takes its place', async () => {
    const [dies = 0, lives] = two.members();
    sandbox.script([{ phase: 'plan', held: true }]);
    const open = await Promise.all(Array.from({ length: 8 }, () => send()));
    const answers = open.map(async ({ response }) => readAll(await response));
    // each has asked for its intent and for its plan, which waits
    await until(() => expect(sandbox.journal).toHaveLength(16));
    process.kill(dies, 'SIGKILL');
    await until(async () => expect(await two.ready()).toBe(503));
    await until(async () => expect(await two.ready()).toBe(200));
    sandbox.release();
    const ends = await Promise.all(answers);
    const finished = ends.filter((text) => text.includes('event: done')).length;
    expect(finished).toBeGreaterThan(0);
    expect(finished).toBeLessThan(8);
    done += finished;
    expect(two.members()).toContain(lives);
    expect(two.members()).not.toContain(dies);
    expect(two.members()).toHaveLength(2);

    // the new one opens what was sealed before it was there, and what the dead one counted is not lost
    await askBoth('"byo run"', async () => expect(await runToEnd()).toContain('event: done'));
    expect(await counted()).toBe(done);
  });

  test('says nothing of a key on the way between its processes, of whatever length', async () => {
    for (const canary of canariesOfAllLengths()) {
      canaries.push(canary);
      for (const sealed of [true, false])
        expect(await runToEnd({ key: canary.key, sealed })).toContain('event: done');
    }
    expect(two.told()).toContain('keepReceipt');
    expect(two.told()).toContain('passAnswer');
    expect(copies(scanBytes(Buffer.from(two.told()), canaries))).toBe(0);
  });

  test('writes what its sealing keys are made of nowhere', async () => {
    const id = /"ask":(\d+),"name":"periodSecret"/.exec(two.told())?.[1];
    const secret = new RegExp(`"answer":${id},"output":"([\\w-]{43})"`).exec(two.told())?.[1] ?? '';
    expect(secret).toHaveLength(43);
    const raw = Buffer.from(secret, 'base64url').toString('latin1');
    const files = readdirSync(join(two.folder, 'data'), { recursive: true, withFileTypes: true });
    const written = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'latin1'));
    for (const pid of [two.server.pid, ...two.members()])
      written.push(
        readFileSync(`/proc/${pid}/environ`, 'latin1'),
        readFileSync(`/proc/${pid}/cmdline`, 'latin1'),
      );
    expect(written.length).toBeGreaterThan(50);
    expect(
      [...written, two.server.printed()].filter((text) => text.includes(secret) || text.includes(raw)),
    ).toEqual([]);
  });

  // Last: it ends the server.
  test('at SIGTERM ends the runs of both with a last event, and leaves no process and no database', async () => {
    sandbox.script([{ phase: 'plan', held: true }]);
    const open = await Promise.all(Array.from({ length: 4 }, () => send()));
    const answers = open.map(async ({ response }) => readAll(await response));
    await until(() => expect(sandbox.journal).toHaveLength(8));
    const members = two.members();
    await two.server.end('SIGTERM');
    for (const text of await Promise.all(answers)) expect(text).toContain('"reason":"shutdown"');
    expect(members.filter((pid) => isThere(pid))).toEqual([]);
    const home = readFileSync(join(two.folder, 'data/postgres-home'), 'utf8').trim();
    expect(readdirSync(join(home, 'cluster'))).not.toContain('postmaster.pid');
  });
});

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
