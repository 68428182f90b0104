import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A core file holds every key of its moment. Node cannot set its own limits, so util-linux does, which all but the smallest systems
 * have. One byte, not none: the kernel counts that as "no dump" also where dumps are piped to a program, whose size it ignores
 * (fs/coredump.c). False: a crash of this process may leave a core file.
 */
export function forbidCoreDumps(): boolean {
  if (process.platform !== 'linux') return true;
  spawnSync('prlimit', ['--core=1:1', '--pid', String(process.pid)], { stdio: 'ignore' });
  const limit = /^Max core file size +(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1];
  return limit === '0' || limit === '1';
}
