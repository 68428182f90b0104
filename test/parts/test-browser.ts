import { launchServer } from '../e2e/browser.ts';
import type { Made, RunParts } from './run-parts.ts';

/** One browser for every file of the run; each test opens contexts of its own in it. */
export async function startBrowser(): Promise<Made<RunParts['browser']>> {
  const server = await launchServer();
  return { part: { endpoint: server.wsEndpoint() }, end: () => server.close() };
}
