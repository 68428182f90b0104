import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Made, PARTS_URL, type RunParts } from './run-parts.ts';

type Name = keyof RunParts;
type Makers = { readonly [N in Name]: (parts: Parts) => Promise<Made<RunParts[N]>> };

/** Each is loaded when a file asks for its part, since most files ask for none. In the order in which they end: users first. */
const MAKERS: Makers = {
  browser: async () => (await import('./test-browser.ts')).startBrowser(),
  site: async () => (await import('./test-site.ts')).startSite('fast'),
  pacedSite: async () => (await import('./test-site.ts')).startSite('real'),
  database: async (parts) => (await import('./test-cluster.ts')).startDatabase(() => parts.partOf('cluster')),
  cluster: async () => (await import('./test-cluster.ts')).makeCluster(),
  product: async () => ({ part: { folder: await (await import('../build.ts')).buildOnce('product') } }),
  programs: async () => ({ part: { folder: await (await import('../build.ts')).buildOnce('programs') } }),
};

/** Vitest's set-up of a run: serves the parts to test files, and gives the run a folder for its temporary files. */
export default async function (): Promise<(() => Promise<void>) | undefined> {
  // every project names this set-up; the first one does it
  if (process.env[PARTS_URL] !== undefined) return undefined;
  const home = makeRunFolder();
  const parts = new Parts();
  const server = createServer((request, response) => {
    const name = request.url?.slice(1) ?? '';
    if (!isName(name)) return void response.writeHead(404).end(`There is no part ${name}.`);
    parts.partOf(name).then(
      (part) => response.end(JSON.stringify(part)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  process.env[PARTS_URL] = `http://127.0.0.1:${port}`;

  return async () => {
    delete process.env[PARTS_URL];
    server.close();
    server.closeAllConnections();
    await parts.end();
    home.remove();
  };
}

class Parts {
  readonly #made = new Map<Name, Promise<Made<unknown>>>();

  async partOf<N extends Name>(name: N): Promise<RunParts[N]> {
    const making = this.#made.get(name) ?? MAKERS[name](this);
    this.#made.set(name, making);
    return (await making).part as RunParts[N]; // as: kept under its own name
  }

  async end(): Promise<void> {
    for (const name of Object.keys(MAKERS).filter(isName)) {
      // what could not be made has nothing to end
      const made = await this.#made.get(name)?.catch(() => undefined);
      await made?.end?.();
    }
  }
}

const isName = (name: string): name is Name => Object.hasOwn(MAKERS, name);

/** Tests may leave files behind: they go with the run. Open for the user whom PostgreSQL runs as when this is root. */
function makeRunFolder(): { remove(): void } {
  const before = process.env['TMPDIR'];
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-run-'));
  chmodSync(folder, 0o711);
  process.env['TMPDIR'] = folder;
  return {
    remove: () => {
      if (before === undefined) delete process.env['TMPDIR'];
      else process.env['TMPDIR'] = before;
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}
