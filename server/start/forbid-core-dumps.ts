import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A core file holds every key of its moment. Node cannot set its own limits, so util-linux does, which all but the smallest systems
 * have. False: a crash of this process may leave a core file.
 */
export function forbidCoreDumps(): boolean {
  if (process.platform !== 'linux') return true;
  spawnSync('prlimit', ['--core=1:1', '--pid', String(process.pid)], { stdio: 'ignore' });
  const limit = /^Max core file size +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return leavesNoCore(limit, corePattern());
}

/** Where the kernel puts dumps. Undefined where it does not say, as in a unit with `ProcSubset=pid`. */
function corePattern(): string | undefined {
  try {
    return readFileSync('/proc/sys/kernel/core_pattern', 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * One byte, not none: the kernel counts that as "no dump" also where dumps are piped to a program, whose size it ignores
 * (fs/coredump.c). A hard limit of 0 cannot be raised to it, and is enough where a dump would be a file.
 */
export function leavesNoCore(limit: string | undefined, pattern: string | undefined): boolean {
  return limit === '1' || (limit === '0' && pattern !== undefined && !pattern.startsWith('|'));
}
