import { readFileSync } from 'node:fs';
import { clusterOf } from '../../faults/stage.ts';
import { childrenOf } from '../../process-tree.ts';
import { memoryMb } from '../usage.ts';

/** Longer than a database connection may idle. */
const REST_MS = 12_000;

export const MEMORY_COLUMNS = ['Node RSS', 'PostgreSQL PSS', 'its processes', 'together'] as const;
export type MemoryRow = readonly [nodeMb: number, postgresMb: number, processes: string, togetherMb: number];

/**
 * What the server and all of PostgreSQL's processes hold after some rest. Node with its whole resident set, although its program's
 * pages are shared: with the bench's own process, which users do not have.
 */
export async function idleMemory(pid: number, dataDir: string): Promise<MemoryRow> {
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const { now: nodeMb } = memoryMb(pid);
  const { pid: postmaster } = clusterOf(dataDir);
  const processes = [postmaster, ...childrenOf(postmaster)];
  const postgresMb = processes.reduce((sum, one) => sum + proportionalMb(one), 0);
  return [nodeMb, postgresMb, String(processes.length), nodeMb + postgresMb];
}

export function totalMb([, , , togetherMb]: MemoryRow): number {
  return togetherMb;
}

/** A page that n processes share counts as a nth of one; NaN where that is not told. */
function proportionalMb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
