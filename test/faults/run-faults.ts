import { join } from 'node:path';
import { type AuditVerdict, verifyAudit } from '../../server/audit/verify-audit.ts';
import { startStorage } from '../../server/storage/start-storage.ts';
import { createLog } from '../../server/telemetry/log.ts';
import { judgeRuns, judgeSaves, type RunVerdict, type SaveVerdict, untilOver } from './judge.ts';
import { type BundleVerdict, judgeBundles } from './judge-bundles.ts';
import { startLoad } from './load.ts';
import type { Programs } from './programs.ts';
import { createStage, VICTIMS, type Victim } from './stage.ts';

export interface FaultReport {
  readonly kills: readonly { readonly victim: Victim; readonly backMs: number }[];
  readonly unanswered: number;
  readonly saves: SaveVerdict;
  readonly runs: RunVerdict;
  readonly bundles: BundleVerdict;
  readonly audit: AuditVerdict;
  /** Processes that a kill of another one took along. */
  readonly ended: readonly string[];
}

export interface FaultOptions {
  readonly programs: Programs;
  readonly kills: number;
  readonly onKill?: (victim: Victim, n: number) => void;
}

/** After every return to work there is up to so much of it before the next kill. */
const WORK_MS = 1500;
const DRAIN_MS = 120_000;

export async function runFaults({ programs, kills, onKill }: FaultOptions): Promise<FaultReport> {
  const stage = await createStage({
    programs,
    env: {
      ...{ HOSTED_WORKERS: '2', HOSTED_QUEUE_PER_ACCOUNT: '1000', HOSTED_PRICE_USD: '1/5' },
      ...{ HOSTED_BUDGET_USD: 'unlimited', HOSTED_ACCOUNT_BUDGET_USD: 'unlimited' },
    },
    // one at once, one at a model's pace: kills meet short transactions as well as long calls
    serverEnv: { SANDBOX_PACE: 'instant' },
    workerEnv: { SANDBOX_PACE: 'real' },
  });
  try {
    const load = await startLoad(stage.url);
    const done: { victim: Victim; backMs: number }[] = [];
    for (let n = 0; n < kills; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * WORK_MS));
      const victim = VICTIMS[n % VICTIMS.length] ?? 'server';
      onKill?.(victim, n + 1);
      done.push({ victim, backMs: await stage.kill(victim) });
    }
    await load.stop();

    const storage = await startStorage({
      databaseUrl: stage.databaseUrl(),
      dataDir: stage.dataDir,
      log: createLog('silent'),
    });
    await untilOver(storage.db, DRAIN_MS);
    const saves = await judgeSaves(storage.db, load);
    const runs = await judgeRuns(storage.db, load);
    const bundles = await judgeBundles(storage.db, load, stage.url());
    const audit = await verifyAudit(storage.db, join(stage.dataDir, 'audit-heads.log'));
    await storage.stop();
    return { kills: done, unanswered: load.unanswered(), saves, runs, bundles, audit, ended: stage.ended() };
  } catch (error) {
    const said = stage
      .printed()
      .split('\n')
      .filter((line) => /"level":"(?:error|fatal)"/.test(line) && !line.includes('database is away'));
    throw new Error(`the run broke; errors in the logs:\n${said.slice(-20).join('\n')}`, { cause: error });
  } finally {
    await stage.stop();
  }
}

/** What must not be; empty when nothing was lost, doubled or left behind. */
export function faultsOf({
  saves,
  runs,
  bundles,
  audit,
  ended,
}: FaultReport): Readonly<Record<string, unknown>> {
  const { lost, doubled, editsLost, wrong } = saves;
  const { notOver, notOnce, reservedMicros, budgetErrorMicros } = runs;
  const counts = {
    lost,
    doubled,
    editsLost,
    wrong,
    runsLost: runs.lost,
    runsDoubled: runs.doubled,
    notOver,
    reservedMicros,
    budgetErrorMicros,
  };
  return {
    ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0)),
    ...(notOnce.length > 0 && { notOnce }),
    ...(bundles.faults.length > 0 && { bundles: bundles.faults }),
    ...(ended.length > 0 && { ended }),
    ...(!audit.ok && { audit }),
  };
}
