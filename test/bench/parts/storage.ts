import { buildServer, createInstallation } from '../installation.ts';
import { aimBelow, type BenchOptions, type PartResult, ratio } from '../report.ts';
import { median, medianRatio, quantile } from '../stats.ts';
import { hostedRuns } from './hosted-runs.ts';
import { idleMemory, MEMORY_COLUMNS, totalMb } from './idle-memory.ts';
import { saves } from './saves.ts';
import { startUp } from './start-up.ts';

/** (g) The built server on its embedded PostgreSQL: starting, resting, saving plans, running hosted runs. */
export async function storage({ quick }: BenchOptions): Promise<PartResult> {
  const script = await buildServer();
  const { coldMs, warmMs, bareMs } = await startUp(script, quick ? 2 : 5);

  const installation = createInstallation(script, { SANDBOX_PACE: 'instant' });
  try {
    const { server } = await installation.start();
    const idle = await idleMemory(server.pid, installation.dataDir);
    const saved = await saves(server.url, installation.dataDir, quick ? 1 : 3);
    const { firstPhaseMs, startedMs } = await hostedRuns(server.url, installation.dataDir, quick ? 30 : 150);
    const afterLoad = await idleMemory(server.pid, installation.dataDir);
    await server.end('SIGTERM');

    return {
      tables: [
        {
          title: 'from the start of the process to /readyz, ms',
          columns: ['', 'median', 'worst', 'to bare Node'],
          rows: [
            ['cold: no data folder', median(coldMs), Math.max(...coldMs), ratio(medianRatio(coldMs, bareMs))],
            ['warm', median(warmMs), Math.max(...warmMs), ratio(medianRatio(warmMs, bareMs))],
            ['a Node that does nothing, to its end', median(bareMs), Math.max(...bareMs), ''],
          ],
        },
        {
          title: 'idle memory, MB',
          columns: ['', ...MEMORY_COLUMNS],
          rows: [
            ['started', ...idle],
            ['after saves and runs', ...afterLoad],
          ],
        },
        saved,
        {
          title: 'hosted runs, one at a time, ms',
          columns: ['', 'n', 'median', 'p99'],
          rows: [
            [
              'POST to the first phase at the watcher',
              String(firstPhaseMs.length),
              median(firstPhaseMs),
              quantile(firstPhaseMs, 0.99),
            ],
            [
              'row made to taken by the worker',
              String(startedMs.length),
              median(startedMs),
              quantile(startedMs, 0.99),
            ],
          ],
        },
      ],
      aims: [
        aimBelow('ready after a cold start', median(coldMs), 3000, 'ms'),
        aimBelow('ready after a warm start', median(warmMs), 1000, 'ms'),
        aimBelow('idle, server and PostgreSQL together', totalMb(idle), 200, 'MB'),
        aimBelow('hosted run, enqueued to taken, median', median(startedMs), 20, 'ms'),
      ],
      notes: [
        'Node counts with its whole resident set; PostgreSQL by proportional set size, so that shared buffers count once. Linux only.',
        'A save is a request, its session, the plan and its audit entry in one durable transaction; the peer is one durable insert of the same JSON.',
      ],
    };
  } finally {
    installation.remove();
  }
}
