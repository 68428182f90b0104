import { expect } from 'vitest';
import { verifyReceipt } from '../../../../server/receipts/verify-receipt.ts';
import type { PhaseName } from '../../../../shared/contract/phase.ts';
import { envelope, type Receipt } from '../../../../shared/contract/receipt.ts';
import { ROUTES } from '../../../../shared/contract/routes.ts';
import type { Rule } from '../../../sandbox/script.ts';
import type { ByoServer } from './byo-server.ts';
import type { LiveRun, RunBody, RunOptions } from './live-run.ts';

const RUNS = 'oneturn_byo_runs_total{provider="anthropic",outcome="cancelled"}';
const STATUS = 'oneturn_byo_status_total{status="499"}';

export interface Expected {
  readonly phase: PhaseName;
  /** At the provider, since the test began. */
  readonly requests: number;
  /** Of them, those that were broken off. */
  readonly aborted: number;
}

/** What the provider does, and how many requests it has got by then. */
export interface Upstream {
  readonly script: readonly Rule[];
  readonly requests: number;
}

/** Starts a run and waits until the provider has so many of its requests. */
export async function begin(
  byo: ByoServer,
  { script, requests }: Upstream,
  body: RunBody = {},
  how: RunOptions = {},
): Promise<LiveRun> {
  byo.sandbox.script(script);
  const run = await byo.open(body, how);
  await expect.poll(() => byo.sandbox.journal.length, { interval: 5 }).toBe(requests);
  return run;
}

/** Ends a run from the client's side, and looks for everything that has to follow. */
export async function expectLeft(
  byo: ByoServer,
  run: LiveRun,
  leave: () => unknown,
  expected: Expected,
): Promise<void> {
  const before = { runs: await byo.metric(RUNS), status: await byo.metric(STATUS) };
  await leave();
  await byo.quiet();
  await expect
    .poll(() => byo.lineOf(run.run))
    .toMatchObject({ outcome: 'cancelled', status: 499, phase: expected.phase });
  expect(await byo.metric(RUNS)).toBe(before.runs + 1);
  expect(await byo.metric(STATUS)).toBe(before.status + 1);
  expect(await byo.metric('oneturn_active_streams')).toBe(0);

  expect(byo.sandbox.counters.aborted).toBe(expected.aborted);
  expect(byo.sandbox.journal).toHaveLength(expected.requests);
  const { outcome, cancel, calls, rowsWritten } = await receiptOf(byo, run.run);
  expect({ outcome, rowsWritten, calls: calls.length }).toEqual({
    outcome: 'cancelled',
    rowsWritten: 0,
    calls: expected.requests,
  });
  expect(cancel).toEqual({ phase: expected.phase, closedMs: expect.any(Number), sockets: expected.aborted });
  expect(cancel?.closedMs).toBeGreaterThanOrEqual(0);
}

async function receiptOf(byo: ByoServer, run: string): Promise<Receipt> {
  const response = await fetch(byo.url + ROUTES.byoReceipt(run));
  const receipt = verifyReceipt(envelope.parse(await response.json()), byo.config.receiptKey.publicKey);
  if (typeof receipt === 'string') throw new Error(receipt);
  return receipt;
}
