/**
 * What the test files of one run have in common: a database server, what `npm run build` makes, the programs that tests spawn, a
 * browser. Vitest's main process makes each when the first file asks for it and ends it after the last. This is the side that asks.
 */

export interface RunParts {
  /** A PostgreSQL server of the run's own. `template` is a migrated database that nobody is connected to. */
  readonly database: { readonly url: string; readonly template: string };
  /** A data folder with a migrated cluster in it, stopped, and its programs in `programs-*` beside it. */
  readonly cluster: { readonly folder: string };
  /** What users get: `server/main.js`, `server/worker.js`, `web/`. */
  readonly product: { readonly folder: string };
  /** Programs that tests spawn, as JavaScript: see programs.ts. */
  readonly programs: { readonly folder: string };
  /** The product, served on a fast sandbox: for tests of what comes after a run. */
  readonly site: { readonly url: string };
  /** On a sandbox at a model's pace: for tests that catch a run while it goes, however slow the machine is. */
  readonly pacedSite: { readonly url: string };
  /** Where Playwright connects to. */
  readonly browser: { readonly endpoint: string };
}

/** A part, and how it ends after the run. */
export interface Made<Part> {
  readonly part: Part;
  readonly end?: () => Promise<void> | void;
}

/** In the environment, so that programs that a test spawns share too. */
export const PARTS_URL = 'ONETURN_TEST_PARTS';

/** Whether this is a run of Vitest, or a program that one spawned. */
export const isShared = (): boolean => process.env[PARTS_URL] !== undefined;

/** Undefined outside a run of Vitest. */
export async function sharedPart<Name extends keyof RunParts>(
  name: Name,
): Promise<RunParts[Name] | undefined> {
  const url = process.env[PARTS_URL];
  if (url === undefined) return undefined;
  // on a connection of its own: a kept one may be closing just now
  const response = await fetch(`${url}/${name}`, { headers: { connection: 'close' } });
  if (!response.ok) throw new Error(`The run’s ${name} could not be made: ${await response.text()}`);
  return (await response.json()) as RunParts[Name]; // as: serve-parts.ts wrote it
}

export async function partOf<Name extends keyof RunParts>(name: Name): Promise<RunParts[Name]> {
  const part = await sharedPart(name);
  if (part === undefined) throw new Error(`The run’s ${name} is there in Vitest alone.`);
  return part;
}
