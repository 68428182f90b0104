import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { SERVER_OUTPUT } from '../../vite.config.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** `npm start` and `npm run worker` as plain JavaScript: a loader of TypeScript would make every start after a kill slow. */
export interface Programs {
  readonly server: string;
  readonly worker: string;
  remove(): void;
}

export async function buildPrograms(): Promise<Programs> {
  // inside the project, so that what is built finds its packages; its own, since test files build at the same time
  const cache = join(ROOT, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'faults-'));
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: true,
      copyPublicDir: false,
      rolldownOptions: {
        input: { main: join(ROOT, 'server/main.ts'), worker: join(ROOT, 'server/worker.ts') },
        output: SERVER_OUTPUT,
      },
    },
  });
  return {
    server: join(folder, 'main.js'),
    worker: join(folder, 'worker.js'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
