import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { SERVER_OUTPUT } from '../../vite.config.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the project, so that what is built finds its packages. */
export const CACHE = join(ROOT, 'node_modules/.cache/bench');

const PROCESSES = {
  source: 'test/bench/processes/source.ts',
  load: 'test/bench/processes/load.ts',
  'key-path': 'test/bench/processes/key-path.ts',
  'hono-fetch': 'test/bench/peers/hono-fetch.ts',
  'raw-relay': 'test/bench/peers/raw-relay.ts',
  oneturn: 'test/leak/test-server.ts',
} as const;
export type ProcessName = keyof typeof PROCESSES;

export function builtProcess(name: ProcessName): string {
  return join(CACHE, 'processes', `${name}.js`);
}

/** Plain JavaScript first, as `npm start` runs it: a loader of TypeScript in a process would be measured with it. */
export async function buildProcesses(): Promise<void> {
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      outDir: join(CACHE, 'processes'),
      emptyOutDir: true,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(PROCESSES).map(([name, path]) => [name, join(ROOT, path)])),
        output: SERVER_OUTPUT,
      },
    },
  });
}
