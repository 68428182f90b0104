import { join } from 'node:path';
import { buildProduct } from '../build.ts';

/** `npm start` and `npm run worker` as plain JavaScript: a loader of TypeScript would make every start after a kill slow. */
export interface Programs {
  readonly server: string;
  readonly worker: string;
}

export async function buildPrograms(): Promise<Programs> {
  const folder = await buildProduct();
  return { server: join(folder, 'server/main.js'), worker: join(folder, 'server/worker.js') };
}
