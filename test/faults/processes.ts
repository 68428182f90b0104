import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** One program in a process of its own, with nothing of our environment but what it is given. */
export interface Running {
  readonly pid: number;
  /** Everything that it printed. */
  printed(): string;
  isAlive(): boolean;
  /** The signal, and the wait until it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

export interface RunningServer extends Running {
  readonly url: string;
}

const alive = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});

export async function startServer(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const { running, said } = start(script, { PORT: '0', ...env }, /^Oneturn (http:\S+)$/m);
  const [, url = ''] = await said;
  return { ...running, url };
}

export async function startWorker(script: string, env: Readonly<Record<string, string>>): Promise<Running> {
  const { running, said } = start(script, env, /"worker ready"/);
  await said;
  return running;
}

function start(
  script: string,
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): { readonly running: Running; readonly said: Promise<RegExpExecArray> } {
  const child = spawn(process.execPath, [script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'info' },
      // a test's registry has what the test publishes
      STARTER_CATALOGUE: 'off',
      ...env,
    },
  });
  alive.add(child);
  const exited = once(child, 'exit').then(() => alive.delete(child));
  let printed = '';
  const said = new Promise<RegExpExecArray>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        printed += chunk;
        const found = ready.exec(printed);
        if (found !== null) resolve(found);
      });
    }
    void exited.then(() => reject(new Error(`${script} ended before it was ready:\n${printed}`)));
  });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  const running: Running = {
    pid: child.pid ?? 0,
    printed: () => printed,
    isAlive,
    end: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
  return { running, said };
}
