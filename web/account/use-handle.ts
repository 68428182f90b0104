import { useServerConfig } from '../config/server-config.ts';

/** Who is signed in; null: nobody; undefined: not known yet. The configuration tells, so that no further request leaves the page. */
export function useHandle(): string | null | undefined {
  const { data } = useServerConfig();
  const me = data?.config.me;
  return me === undefined ? undefined : (me?.handle ?? null);
}
