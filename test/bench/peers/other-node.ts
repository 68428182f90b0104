import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { installed } from './install.ts';

/** The other end of what is supported: 24 where this is an older Node, else 20. Undefined when npm has none for this machine. */
export async function otherNode(): Promise<{ readonly path: string; readonly version: string } | undefined> {
  const version = Number(process.versions.node.split('.')[0]) >= 24 ? '20.20.2' : '24.21.0';
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}`;
  const folder = await installed(name, version);
  const path = folder && join(folder, 'node_modules', name, 'bin/node');
  return path && existsSync(path) ? { path, version } : undefined;
}
