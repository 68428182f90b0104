import { type ChildProcess, spawn } from 'node:child_process';
import { buildProgram } from '../build.ts';
import type { JournalEntry } from '../sandbox/journal.ts';
import type { Rule } from '../sandbox/script.ts';
import type { Captured } from './proof-places.ts';

export interface Started {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Starts a process and waits for the address that it prints. */
export async function start(
  command: readonly string[],
  env: Readonly<Record<string, string>>,
  output?: { out: Captured; err: Captured },
): Promise<Started> {
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], ...env },
  });
  if (output) {
    child.stdout.on('data', output.out.add);
    child.stderr.on('data', output.err.add);
  }
  const url = await new Promise<string>((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /http:\/\/\S+/.exec(printed)?.[0];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`${command.join(' ')} exited with ${code}`)));
  });
  return { child, url };
}

/** A provider that misbehaves as it is told, in a process of its own. */
export class Provider {
  readonly url: string;
  readonly #child: ChildProcess;

  private constructor({ child, url }: Started) {
    this.url = url;
    this.#child = child;
  }

  static async start(): Promise<Provider> {
    return new Provider(
      await start([await buildProgram('test/sandbox/main.ts'), '--test', '--pace', 'instant'], {}),
    );
  }

  async script(rules: readonly Rule[]): Promise<void> {
    const response = await fetch(`${this.url}/__script`, { method: 'POST', body: JSON.stringify(rules) });
    if (!response.ok) throw new Error(`the script was not taken: ${response.status}`);
  }

  async journal(): Promise<readonly JournalEntry[]> {
    return (await (await fetch(`${this.url}/__journal`)).json()) as JournalEntry[]; // as: our own sandbox's answer
  }

  stop(): void {
    this.#child.kill('SIGKILL');
  }
}
