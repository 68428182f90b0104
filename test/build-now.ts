import { resolve } from 'node:path';
import { build, createBuilder } from 'vite';
import { SERVER_OUTPUT } from '../vite.config.ts';
import { PROGRAMS } from './build.ts';

/** `build-now.ts product|programs FOLDER`: run by build.ts, which knows when. */
const ROOT = resolve(import.meta.dirname, '..');
const [what, folder = ''] = process.argv.slice(2);
if (what === 'product') await buildProduct();
else await buildPrograms();

/** As `npm run build` does, but for the folder. */
async function buildProduct(): Promise<void> {
  const outDir = (of: string): object => ({ build: { outDir: resolve(folder, of), emptyOutDir: true } });
  const builder = await createBuilder({
    configFile: resolve(ROOT, 'vite.config.ts'),
    logLevel: 'warn',
    mode: 'production',
    environments: { client: outDir('web'), server: outDir('server') },
  });
  await builder.buildApp();
}

async function buildPrograms(): Promise<void> {
  const input = Object.fromEntries(
    PROGRAMS.map((source) => [source.replace(/\.ts$/, ''), resolve(ROOT, source)]),
  );
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: { input, output: { ...SERVER_OUTPUT, minify: false } },
    },
  });
}
