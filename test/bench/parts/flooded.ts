import { flood } from '../../faults/flood.ts';
import { buildServer, createInstallation } from '../installation.ts';
import { aimBelow, type BenchOptions, type PartResult } from '../report.ts';

const CONNECTIONS = 10_000;

/** (h) Connections of which none comes to an end: the server has to end them, and go on meanwhile. */
export async function flooded({ quick }: BenchOptions): Promise<PartResult> {
  const installation = createInstallation(await buildServer(), {
    REQUEST_LIMIT_MS: quick ? '5000' : '20000',
  });
  const { server } = await installation.start();
  const { opened, atOnce, health, healthWorstMs, peakMb } = await flood(
    server,
    quick ? CONNECTIONS / 10 : CONNECTIONS,
  );
  await server.end('SIGKILL');
  installation.remove();
  const answers = Object.entries(health).map(([status, count]) => `${status}: ${count}`);
  return {
    tables: [
      {
        title: 'connections that the server ended',
        columns: [...Object.keys(opened), 'at once', 'healthz by status'],
        rows: [[...Object.values(opened).map(String), String(atOnce), answers.join(', ')]],
      },
    ],
    aims: [
      aimBelow('peak memory', peakMb, 400, 'MB'),
      aimBelow('slowest answer of /healthz', healthWorstMs, 1000, 'ms'),
    ],
    notes: ['clients are in the bench’s own process, which shares the machine’s cores with the server.'],
  };
}
