import { once } from 'node:events';
import type { Socket } from 'node:net';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Rule } from '../../sandbox/script.ts';
import { cannotVanish, vanish } from '../../vanish.ts';
import { byoServer } from './support/byo-server.ts';
import { begin, expectLeft } from './support/leaving.ts';
import type { LiveRun } from './support/live-run.ts';

/** Clients that are gone, or as good as gone, and whose connection says nothing of it. */
const byo = byoServer();
const ONE = { goal: 'write one skill that lists files' };
const HANGING: readonly Rule[] = [{ phase: 'draft', stop: { how: 'hang', after: 8 } }];
const DRAFTING = { phase: 'drafting', requests: 3, aborted: 1 } as const;

const beatEvery = (ms: number): void => void Object.assign(byo.running.parts, { heartbeatMs: ms });
let usualMs = 0;
beforeEach(() => {
  usualMs ||= byo.running.parts.heartbeatMs;
  beatEvery(usualMs);
});

/** A run, and the server's end of its connection. */
async function began(
  script: readonly Rule[],
  requests: number,
): Promise<{ readonly run: LiveRun; readonly theirs: Socket }> {
  const accepted = once(byo.running.server, 'connection');
  const run = await begin(byo, { script, requests }, ONE);
  const [theirs]: Socket[] = await accepted;
  if (!theirs) throw new Error('no connection');
  return { run, theirs };
}

const why = cannotVanish();
describe.skipIf(why !== undefined)(
  `a client that vanishes without a word${why ? ` (skipped: ${why})` : ''}`,
  () => {
    test('is found out by a heartbeat that nobody takes', async () => {
      beatEvery(50);
      const { run, theirs } = await began(HANGING, 3);
      await run.until('event: text');
      theirs.setKeepAlive(false);
      await expectLeft(byo, run, () => vanish(run.socket), DRAFTING);
      expect(byo.sandbox.counters.openSockets).toBe(0);
    });

    test('is found out by the probes of TCP, long before a heartbeat', async () => {
      const { run } = await began(HANGING, 3);
      await run.until('event: text');
      await expectLeft(byo, run, () => vanish(run.socket), DRAFTING);
    });

    test('is found out before its first byte', async () => {
      beatEvery(50);
      const { run, theirs } = await began(
        [{ phase: 'classification', stop: { how: 'hang', after: 'nothing' } }],
        1,
      );
      theirs.setKeepAlive(false);
      await expectLeft(byo, run, () => vanish(run.socket), { phase: 'classifying', requests: 1, aborted: 1 });
    });
  },
);

/** The kernel's buffer of a connection whose client takes nothing, full. */
function fill(socket: Socket): void {
  vi.spyOn(socket, '_write').mockImplementation(() => undefined);
  if (socket._writev) vi.spyOn(socket, '_writev').mockImplementation(() => undefined);
}

test('a client that reads nothing for ever is given up after four full heartbeats', async () => {
  beatEvery(50);
  byo.sandbox.script([{ phase: 'draft', stop: { how: 'flood', after: 8 } }]);
  byo.running.server.once('connection', fill);
  const run = await byo.open(ONE);
  await expect
    .poll(() => byo.lineOf(run.run))
    .toMatchObject({ outcome: 'cancelled', status: 499, phase: 'drafting' });
  expect(run.text).toBe('');
  await byo.quiet();
  expect(byo.sandbox.counters.aborted).toBe(1);
});
