import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInstallation } from '../installation.ts';

export interface StartTimes {
  readonly coldMs: readonly number[];
  readonly warmMs: readonly number[];
  /** What Node itself takes here, for scale. */
  readonly bareMs: readonly number[];
}

/** Each round in a folder of its own: a first start, which makes the database, and a second one, which finds it. */
export async function startUp(script: string, rounds: number): Promise<StartTimes> {
  const times = { coldMs: [] as number[], warmMs: [] as number[], bareMs: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const installation = createInstallation(script);
    try {
      for (const list of [times.coldMs, times.warmMs]) {
        const { server, readyMs } = await installation.start();
        list.push(readyMs);
        await server.end('SIGTERM');
      }
    } finally {
      installation.remove();
    }
    const from = performance.now();
    await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'exit');
    times.bareMs.push(performance.now() - from);
  }
  return times;
}
