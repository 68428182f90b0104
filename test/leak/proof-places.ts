import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Canary } from './canary.ts';
import { copies, scanBytes, scanMemory, scanParts } from './memory-scan.ts';

/** A place where a key could be, and how it is searched. `plant` puts a canary there, to see that the search would find it. */
export interface Place {
  readonly name: string;
  search(canaries: readonly Canary[]): number;
  plant(canary: Canary): Promise<() => void> | (() => void);
}

/** Everything that comes out of a process or a response, as it came. */
export class Captured {
  readonly #chunks: Buffer[] = [];

  add = (chunk: Buffer | string): void => void this.#chunks.push(Buffer.from(chunk));

  place(name: string): Place {
    return {
      name,
      search: (canaries) => copies(scanBytes(Buffer.concat(this.#chunks), canaries)),
      plant: (canary) => {
        const at = this.#chunks.length;
        this.add(spelled(canary));
        return () => void this.#chunks.splice(at, 1);
      },
    };
  }
}

/** Every file below a folder. */
export function folderPlace(name: string, folder: string): Place {
  return {
    name,
    search: (canaries) => copies(scanParts(contentsBelow(folder), canaries)),
    plant: (canary) => {
      const file = join(folder, 'planted');
      writeFileSync(file, spelled(canary));
      return () => rmSync(file);
    },
  };
}

function* contentsBelow(folder: string): Generator<Buffer> {
  for (const file of filesBelow(folder)) yield readFileSync(file);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** The whole memory of a process; its control is another process that holds the key in every encoding. */
export function memoryPlace(name: string, server: ChildProcess): Place {
  let pid = server.pid ?? 0;
  return {
    name,
    search: (canaries) => copies(scanMemory(pid, canaries)),
    plant: async (canary) => {
      const holds = `const k=process.argv[1];globalThis.k=[k,Buffer.from(k,'utf16le'),Buffer.from(k).toString('base64'),Buffer.from(k).toString('hex')];console.log(1);setInterval(()=>k,1e6)`;
      const control = spawn(process.execPath, ['-e', holds, canary.key], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      await new Promise((ready) => control.stdout.once('data', ready));
      pid = control.pid ?? 0;
      return () => {
        control.kill('SIGKILL');
        pid = server.pid ?? 0;
      };
    },
  };
}

function spelled({ key }: Canary): Buffer {
  const bytes = Buffer.from(key);
  return Buffer.concat([
    bytes,
    Buffer.from(`\n${bytes.toString('base64')}\n${bytes.toString('hex')}\n`),
    Buffer.from(key, 'utf16le'),
  ]);
}
