import { useServerConfig } from '../config/server-config.ts';

/** Who is signed in; null: nobody; undefined: not known yet. The configuration tells, so that no further request leaves the page. */
export function useHandle(): string | null | undefined {
  const { data } = useServerConfig();
  return data ? (data.config.me?.handle ?? null) : undefined;
}
