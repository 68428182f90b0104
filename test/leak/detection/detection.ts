import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { buildProgram } from '../../build.ts';
import { hitsIn } from '../memory-scan.ts';
import { canaryAt, charsOf, damaged, MEMORIES, type Memory, type Plant, plantsOf } from './planted.ts';

/** How many of the copies that were put into a kind of memory the search finds. */
export interface Detection {
  readonly memory: Memory;
  readonly planted: number;
  readonly found: number;
  /** What was missed: `52 bytes, whole`. */
  readonly missed: readonly string[];
}

/** The proof's own proof: copies of every length in every kind of memory of a process, each whole or damaged, and what is found of them. Linux. */
export async function measureDetection(copies: number): Promise<readonly Detection[]> {
  const seed = randomBytes(16).toString('hex');
  const child = fork(await buildProgram('test/leak/detection/planter.ts'), {
    env: { SEED: seed, COPIES: String(copies) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    await once(child, 'message');
    const pid = child.pid ?? 0;
    child.kill('SIGSTOP');
    const plants = plantsOf(copies);
    plantInStack(pid, seed, plants);
    const hits = hitsIn(
      pid,
      plants.map((plant) => canaryAt(seed, plant)),
    );
    return MEMORIES.map((memory) => {
      const all = plants.map((plant, i) => ({ plant, i })).filter(({ plant }) => plant.memory === memory);
      const missed = all.filter(({ i }) => !hits.has(i));
      return {
        memory,
        planted: all.length,
        found: all.length - missed.length,
        missed: missed.map(({ plant: { length, damage } }) => `${length} bytes, ${damage}`),
      };
    });
  } finally {
    child.kill('SIGKILL');
  }
}

/** Far below where the process stands on its stack; it is stopped, and uses nothing of it. */
function plantInStack(pid: number, seed: string, plants: readonly Plant[]): void {
  const [, low = '0'] =
    /^([0-9a-f]+)-[0-9a-f]+ .*\[stack\]$/m.exec(readFileSync(`/proc/${pid}/maps`, 'utf8')) ?? [];
  const memory = openSync(`/proc/${pid}/mem`, 'r+');
  let at = Number.parseInt(low, 16) + 8192;
  for (const plant of plants.filter((one) => one.memory === 'the stack')) {
    const { length } = canaryAt(seed, plant).secret;
    const bytes = Buffer.from(Array.from(charsOf(seed, plant, length), (char, i) => damaged(char, i, plant)));
    writeSync(memory, bytes, 0, length, at);
    // Off the grid of words, as copies are.
    at += length + 13;
  }
  closeSync(memory);
}
