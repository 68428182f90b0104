import { join } from 'node:path';
import { createInstallation } from './installation.ts';

/** What `npm start` serves, on the source as the provider "Lab". */
export async function startBuilt(
  folder: string,
  source: string,
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const endpoint = { id: 'lab', name: 'Lab', format: 'anthropic', baseUrl: source, models: ['lab-1'] };
  const installation = createInstallation(join(folder, 'server/main.js'), {
    PROVIDER_ENDPOINTS: JSON.stringify([endpoint]),
  });
  const { server } = await installation.start();
  return {
    // localhost is a secure context for the browser, whatever the address
    url: server.url.replace('127.0.0.1', 'localhost'),
    async stop() {
      await server.end('SIGKILL');
      installation.remove();
    },
  };
}
