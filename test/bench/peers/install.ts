import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CACHE } from '../build.ts';

const run = promisify(execFile);

/** A package of one exact version in a folder of its own, taken from npm the first time; undefined when npm cannot get it. */
export async function installed(name: string, version: string): Promise<string | undefined> {
  const folder = join(CACHE, `${name.replaceAll('/', '-')}-${version}`);
  if (existsSync(folder)) return folder;
  const part = `${folder}.part`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  writeFileSync(join(part, 'package.json'), '{"private":true}');
  try {
    await run(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--save-exact', `${name}@${version}`],
      {
        cwd: part,
        timeout: 90_000,
      },
    );
  } catch {
    return undefined;
  }
  renameSync(part, folder);
  return folder;
}
