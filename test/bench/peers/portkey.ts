import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answers, freePort } from '../../ports.ts';
import { spawnProgram } from '../children.ts';
import { portkeyTarget } from '../targets.ts';
import type { Variant } from '../variants.ts';
import { installed } from './install.ts';

export const PORTKEY = 'Portkey 1.15.2';
const BROKEN = 'this.updateHeaders(i,';
/**
 * As published, every stream fails with `TypeError: immutable` (its issue 1389): it writes to headers of a response that `fetch` gave.
 * The copy keeps the original, whose body undici cancels when it is collected.
 */
const REPAIRED = 'this.updateHeaders(i=Object.assign(new Response(i.body,i),{original:i}),';

/** The best-known gateway in TypeScript, without its console (`--headless`), which would serve its log to anyone. */
export async function startPortkey(source: string): Promise<Variant | undefined> {
  const folder = await installed('@portkey-ai/gateway', '1.15.2');
  const main = folder && join(folder, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  if (!main || !existsSync(main)) return undefined;
  const text = readFileSync(main, 'utf8');
  if (text.includes(BROKEN)) writeFileSync(main, text.replace(BROKEN, REPAIRED));
  const port = await freePort();
  const { process: child } = spawnProgram(process.execPath, [main, `--port=${port}`, '--headless'], {
    ...process.env,
    NODE_ENV: 'production',
  });
  const url = `http://127.0.0.1:${port}`;
  await answers(url);
  return { name: PORTKEY, target: portkeyTarget(url, source), pid: child.pid, stop: child.stop };
}
