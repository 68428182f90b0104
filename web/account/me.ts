import type { QueryClient } from '@tanstack/react-query';
import { setMe, useServerConfig } from '../config/server-config.ts';

/** The first part of every query's identifier whose answer belongs to whoever is signed in. */
export const ACCOUNT_QUERY = ['account'] as const;

/** Who is signed in; null: nobody; undefined: not known yet. The configuration tells, so that no further request leaves the page. */
export function useHandle(): string | null | undefined {
  const { data } = useServerConfig();
  const me = data?.config.me;
  return me === undefined ? undefined : (me?.handle ?? null);
}

/** Nobody is signed in any more, and nothing of theirs stays in this page's memory. */
export function becomeNobody(client: QueryClient): void {
  setMe(client, null);
  client.removeQueries({ queryKey: ACCOUNT_QUERY });
}
