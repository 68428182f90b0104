import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProcess, type ProcessName } from './build.ts';
import type { Ops, Reply } from './processes/rpc.ts';

/** A process of the bench. Everything that one printed is shown when it dies unasked. */
export interface Child {
  readonly pid: number;
  stop(): Promise<void>;
}

export interface OpsChild<O extends Ops> extends Child {
  ask<K extends keyof O>(op: K, ...given: Parameters<O[K]>): Promise<Awaited<ReturnType<O[K]>>>;
}

export interface Started {
  readonly child: ChildProcess;
  readonly process: Child;
  /** Its first message. */
  readonly message: Promise<unknown>;
}

export interface ForkOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Another Node than this one. */
  readonly node?: string | undefined;
  readonly execArgv?: readonly string[];
}

const running = new Set<ChildProcess>();
const folders = new Set<string>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

/** Starts a built process in production mode, with a folder of its own for whatever it writes. */
export function forkProcess(
  name: ProcessName,
  { env = {}, node = process.execPath, execArgv = [] }: ForkOptions = {},
): Started {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-bench-'));
  folders.add(folder);
  const child = fork(builtProcess(name), {
    execPath: node,
    execArgv: [...execArgv],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      DATA_DIR: folder,
      TMPDIR: folder,
      ...env,
    },
  });
  const message = Promise.race([
    once(child, 'message').then(([first]) => first as unknown),
    gone(child, name),
  ]);
  return { child, process: watch(child, name, folder), message };
}

/** Starts a program that is not ours. What it prints is its own affair. */
export function spawnProgram(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Started {
  const child = spawn(command, args, { stdio: 'ignore', env });
  return { child, process: watch(child, command), message: gone(child, command) };
}

function watch(child: ChildProcess, name: string, folder?: string): Child {
  running.add(child);
  child.once('exit', () => running.delete(child));
  if (child.pid === undefined) throw new Error(`${name} could not be started`);
  return {
    pid: child.pid,
    async stop() {
      const exited = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await exited;
      if (folder === undefined) return;
      rmSync(folder, { recursive: true, force: true });
      folders.delete(folder);
    },
  };
}

function gone(child: ChildProcess, name: string): Promise<never> {
  const exited = once(child, 'exit').then(([code]) => {
    throw new Error(`${name} exited with ${String(code)}`);
  });
  // Whoever waits for its first message hears of it; one that we end ourselves is no fault.
  exited.catch(() => undefined);
  return exited;
}

/** A process that answers questions. */
export async function startOps<O extends Ops>(
  name: ProcessName,
  options?: ForkOptions,
): Promise<OpsChild<O>> {
  const { child, process: started, message } = forkProcess(name, options);
  await message;
  const waiting = new Map<number, (reply: Reply) => void>();
  let asked = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.once('exit', () => {
    for (const [id, tell] of waiting) tell({ id, error: `${name} is gone` });
  });
  return {
    ...started,
    ask: (op, ...[given]) =>
      new Promise((resolve, reject) => {
        const id = ++asked;
        // as: the process serves these very functions
        waiting.set(id, (reply) =>
          'error' in reply ? reject(new Error(reply.error)) : resolve(reply.value as never),
        );
        child.send({ id, op, given });
      }),
  };
}
