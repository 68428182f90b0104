import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../build.ts';

export interface ForkedServer {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly url: string;
  readonly dataDir: string;
  /** Everything it printed so far. */
  output(): string;
  /** `minor`: what is young on the heap, which moves. */
  collectGarbage(type?: 'minor' | 'major'): Promise<void>;
  kill(): Promise<void>;
}

/** Starts test-server.ts in a process of its own; the parent may read its memory. `node` picks another Node than this one. */
export async function forkServer(
  env: Readonly<Record<string, string>>,
  node = process.execPath,
): Promise<ForkedServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-leak-'));
  const child = fork(await buildProgram('test/leak/test-server.ts'), {
    execPath: node,
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, TMPDIR: dataDir, ...env },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
    });
  }
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url));
    child.once('exit', (code) => reject(new Error(`the server exited with ${code}: ${printed}`)));
  });
  return {
    child,
    pid: child.pid ?? 0,
    url,
    dataDir,
    output: () => printed,
    async collectGarbage(type = 'major') {
      const collected = once(child, 'message');
      child.send(type);
      await collected;
    },
    async kill() {
      const exited = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill('SIGKILL');
      await exited;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
