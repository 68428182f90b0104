import { hasNginx, startNginx } from './peers/nginx.ts';
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
export const HONO = 'Hono + fetch';
export const ONETURN = 'Oneturn';

/** Straight from the source, through what one writes first, through Oneturn, and through nginx where there is one. */
export async function startVariants(source: Source): Promise<Variant[]> {
  const [hono, oneturn] = await Promise.all([startServer('hono-fetch', source.origin), startServer('oneturn', source.origin)]);
  const nginx = hasNginx() ? await startNginx(source.origin) : undefined;
  return [
    { name: DIRECT, target: directTarget(source.origin), pid: undefined, stop: async () => undefined },
    ...(nginx ? [{ name: 'nginx', target: directTarget(nginx.url), pid: nginx.process.pid, stop: nginx.process.stop }] : []),
    { name: HONO, target: honoTarget(hono.url), pid: hono.pid, stop: hono.stop },
    { name: ONETURN, target: oneturnTarget(oneturn.url), pid: oneturn.pid, stop: oneturn.stop },
  ];
}

export const NO_NGINX = hasNginx() ? [] : ['nginx is not installed here (or name it with NGINX=): its rows are left out.'];
