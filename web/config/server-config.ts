import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ROUTES } from '../../shared/contract/routes.ts';
import { type ServerConfig, serverConfig } from '../../shared/contract/server-config.ts';

/** `offsetMs`: the server's clock minus this page's. */
export interface KnownConfig {
  readonly config: ServerConfig;
  readonly offsetMs: number;
}

const LOOK_AGAIN_MS = 5000;

const options = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => fetchConfig(signal),
  staleTime: Number.POSITIVE_INFINITY,
  // the server could not look up who it is, for its database was away
  refetchInterval: ({ state }) => (state.data && state.data.config.me === undefined ? LOOK_AGAIN_MS : false),
});

async function fetchConfig(signal: AbortSignal): Promise<KnownConfig> {
  const response = await fetch(ROUTES.config, { signal, cache: 'no-store' });
  if (!response.ok) throw new Error(`the server answered ${response.status} to ${ROUTES.config}`);
  const config = z.parse(serverConfig, await response.json());
  return { config, offsetMs: config.now - Date.now() };
}

/** The server's configuration as a query: it is fetched once and shared by all parts of the page. */
export function useServerConfig() {
  return useQuery(options);
}

/** The configuration with a sealing key that is in its first half of life; `anew`: asked for whatever is known. */
export async function currentConfig(client: QueryClient, anew = false): Promise<KnownConfig> {
  const known = client.getQueryData(options.queryKey);
  if (!anew && known && Date.now() + known.offsetMs < known.config.sealing.renewAt) return known;
  return client.fetchQuery({ ...options, staleTime: 0, retry: false });
}

/** After signing in or out: who it is from now on, without asking for the whole configuration again. */
export function setMe(client: QueryClient, me: ServerConfig['me']): void {
  client.setQueryData(options.queryKey, (known) => known && { ...known, config: { ...known.config, me } });
}
