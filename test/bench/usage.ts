import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const linux = process.platform === 'linux';

/** Processor time of a process, all its threads, in microseconds. */
export function cpuUs(pid: number): number {
  // The first field is the nanoseconds that a thread ran: finer than the ticks of /proc/<pid>/stat.
  if (linux) {
    const tasks = `/proc/${pid}/task`;
    return readdirSync(tasks).reduce(
      (sum, task) => sum + Number(readFileSync(`${tasks}/${task}/schedstat`, 'latin1').split(' ')[0]) / 1000,
      0,
    );
  }
  const [, days = 0, hours = 0, minutes = 0, seconds = 0] =
    /(?:(\d+)-)?(?:(\d+):)?(\d+):([\d.]+)/.exec(ps('time', pid)) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1e6;
}

/** Resident memory now and, where it is told, at its highest, in MB. */
export function memoryMb(pid: number): { readonly now: number; readonly peak: number } {
  if (!linux) return { now: Number(ps('rss', pid)) / 1024, peak: Number.NaN };
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const field = (name: string): number =>
    Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: field('VmRSS'), peak: field('VmHWM') };
}

function ps(column: string, pid: number): string {
  return execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)]).toString();
}
