import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../data-folder.ts';
import { buildPrograms } from '../faults/programs.ts';

/** The server as `npm start` runs it, in a process of its own. */
export const { server: MAIN } = await buildPrograms();

export const dataDir = makeDataFolder('main');

export interface Started {
  readonly child: ChildProcess;
  readonly exited: Promise<number | null>;
  printed(): string;
}

export function start(
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
  script: readonly string[] = [MAIN],
): Started {
  // Files of tests share this module: the first of them has removed its folder when the next one begins.
  if (mkdirSync(dataDir, { recursive: true }) !== undefined) chmodSync(dataDir, 0o711);
  const child = spawn(process.execPath, [...flags, ...script], {
    cwd: dataDir,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      STARTER_CATALOGUE: 'off',
      PATH: process.env['PATH'],
      HOME: dataDir,
      PORT: '0',
      DATA_DIR: join(dataDir, 'data'),
      ...env,
    },
  });
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => void printed.push(chunk.toString()));
  const exited = once(child, 'exit').then(([code]: (number | null)[]) => code ?? null);
  return { child, exited, printed: () => printed.join('') };
}
