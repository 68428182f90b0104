import type { ProcessName } from './build.ts';
import { type Child, type ForkOptions, forkProcess, type OpsChild, startOps } from './children.ts';
import type { LoadOps } from './processes/load.ts';
import type { SourceOps } from './processes/source.ts';

export type Source = OpsChild<SourceOps> & { readonly origin: string };
export type Load = OpsChild<LoadOps>;
export interface Server extends Child {
  readonly url: string;
}

/** The provider: a bare event source, so that it is not what is measured. */
export async function startSource(env: Readonly<Record<string, string>> = {}): Promise<Source> {
  const source = await startOps<SourceOps>('source', { env });
  const port = await source.ask('listen');
  return { ...source, origin: env['BENCH_CERT'] ? `https://localhost:${port}` : `http://127.0.0.1:${port}` };
}

export function startLoad(): Promise<Load> {
  return startOps<LoadOps>('load');
}

/** A process that says where it listens: Oneturn or a peer of ours. */
export async function startServer(
  name: ProcessName,
  source: string,
  { env, ...options }: ForkOptions = {},
): Promise<Server> {
  const { process: child, message } = forkProcess(name, {
    ...options,
    env: { UPSTREAM: source, LOG_LEVEL: 'info', ...env },
  });
  const { url } = (await message) as { url: string }; // as: the first message of both
  return { ...child, url };
}
