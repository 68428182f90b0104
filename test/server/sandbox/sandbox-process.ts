import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Pace } from '../../../server/sandbox/pace.ts';
import { buildProgram } from '../../build.ts';
import type { Counters, JournalEntry } from '../../sandbox/journal.ts';
import type { Rule } from '../../sandbox/script.ts';

/** The sandbox in a process of its own, so that what it holds and does is not the tested server's. */
export interface SandboxProcess {
  readonly origin: string;
  readonly pid: number;
  script(rules: readonly Rule[]): Promise<void>;
  journal(): Promise<readonly JournalEntry[]>;
  counters(): Promise<Counters>;
  clear(): Promise<void>;
  stop(): Promise<void>;
}

export async function startSandboxProcess(pace: Pace = 'instant'): Promise<SandboxProcess> {
  const told = typeof pace === 'string' ? pace : JSON.stringify(pace);
  const child = spawn(
    process.execPath,
    [await buildProgram('test/sandbox/main.ts'), '--test', '--pace', told],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const exited = once(child, 'exit');
  const [origin]: string[] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    exited.then(() => {
      throw new Error('The sandbox process ended before it listened: its stderr says why.');
    }),
  ]);
  if (origin === undefined || child.pid === undefined)
    throw new Error('The sandbox process did not say its origin.');

  const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(origin + path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${path} was refused: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    origin,
    pid: child.pid,
    script: async (rules) => void (await call('POST', '/__script', rules)),
    journal: async () => (await call('GET', '/__journal')) as readonly JournalEntry[], // as: the sandbox writes what it keeps
    counters: async () => (await call('GET', '/__counters')) as Counters, // as: likewise
    clear: async () => void (await call('DELETE', '/__journal')),
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
