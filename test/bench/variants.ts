import { hasNginx } from '../nginx.ts';
import type { ProcessName } from './build.ts';
import { startNginx } from './peers/nginx.ts';
import type { Target } from './processes/target.ts';
import { directTarget, honoTarget, oneturnTarget } from './targets.ts';
import { type Source, startServer } from './world.ts';

/** One way from the source to the client. */
export interface Variant {
  readonly name: string;
  readonly target: Target;
  /** The process in between; undefined: there is none. */
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

export const DIRECT = 'direct';
export const NGINX = 'nginx';
export const RELAY = 'raw relay';
export const HONO = 'Hono + fetch';
export const ONETURN = 'Oneturn';

const nginxIsHere = hasNginx();
export const NO_NGINX = nginxIsHere
  ? []
  : ['nginx is not installed here (or name it with NGINX=): its rows are left out.'];

const STARTERS: Readonly<Record<string, (source: Source) => Promise<Variant>>> = {
  [DIRECT]: async ({ origin }) => ({
    name: DIRECT,
    target: directTarget(origin),
    pid: undefined,
    stop: async () => undefined,
  }),
  [NGINX]: async ({ origin }) => {
    const { process, url } = await startNginx(origin);
    return { name: NGINX, target: directTarget(url), ...process };
  },
  [RELAY]: (source) => startOurs(RELAY, 'raw-relay', source, directTarget),
  [HONO]: (source) => startOurs(HONO, 'hono-fetch', source, honoTarget),
  [ONETURN]: (source) => startOurs(ONETURN, 'oneturn', source, oneturnTarget),
};

async function startOurs(
  name: string,
  process: ProcessName,
  source: Source,
  target: (origin: string) => Target,
): Promise<Variant> {
  const { url, pid, stop } = await startServer(process, source.origin);
  return { name, target: target(url), pid, stop };
}

/** Starts those of the names; nginx only where it is installed. */
export function startVariants(source: Source, names: readonly string[]): Promise<Variant[]> {
  const starters = names.flatMap((name) => (name === NGINX && !nginxIsHere ? [] : (STARTERS[name] ?? [])));
  return Promise.all(starters.map((start) => start(source)));
}
