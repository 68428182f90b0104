import { fileURLToPath } from 'node:url';
import { createBuilder } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds what users get into a folder of its own below node_modules, where the server finds its packages and no running `npm start`
 * is disturbed. Returns that folder, with `server/` and `web/` in it.
 */
export async function buildFor(name: string): Promise<string> {
  const folder = `${root}node_modules/.cache/oneturn/${name}`;
  const outDir = (of: string): object => ({ build: { outDir: `${folder}/${of}`, emptyOutDir: true } });
  // Vitest says 'test', and Vite would then build React's development version, which no user gets.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  const builder = await createBuilder({
    configFile: `${root}vite.config.ts`,
    logLevel: 'warn',
    mode: 'production',
    environments: { client: outDir('web'), server: outDir('server') },
  });
  await builder.buildApp();
  if (before === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = before;
  return folder;
}
