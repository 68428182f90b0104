import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { requestId } from 'hono/request-id';
import { ROUTES } from '../shared/contract/routes.ts';
import { RUN_ID } from '../shared/contract/run-limits.ts';
import type { ServerConfig } from '../shared/contract/server-config.ts';
import { bearerToken } from './access/who.ts';
import type { ByoParts } from './byo/byo-parts.ts';
import { createCheckRoute } from './byo/check-route.ts';
import { createPlanRoute } from './byo/plan-route.ts';
import { createByoRoute } from './byo/route.ts';
import { compressedJson } from './http/compressed-json.ts';
import { failureResponse } from './http/failure-response.ts';
import { isOwnHost, type NamedHost, type OwnHosts } from './http/own-hosts.ts';
import { isSameOrigin } from './http/same-origin.ts';
import { NO_STORE, SECURITY_HEADERS } from './http/security-headers.ts';
import { createOpenApiRoute } from './openapi/openapi-route.ts';
import { servePage } from './page/serve-page.ts';
import { type PublicConfigParts, publicConfig } from './public-config.ts';
import { accessLog } from './telemetry/access-log.ts';
import { bugFields } from './telemetry/log.ts';

/** All that routes work with. Tests replace single parts; the server makes them in `server/start/`. */
export interface AppParts extends ByoParts, PublicConfigParts {
  /** The built page; undefined: this server has none (tests). */
  readonly webRoot: string | undefined;
  readonly publicOrigin: string | undefined;
  readonly ownHosts: OwnHosts;
  /** Why this server should get no traffic; undefined when it is ready. */
  readonly notReady: () => Promise<string | undefined>;
  /** Who reads the metrics must send it; undefined: everyone may. */
  readonly metricsToken: string | undefined;
  /** What needs the database. */
  readonly accountRoutes: readonly Hono[];
  readonly me: (c: Context) => Promise<ServerConfig['me']>;
}

/** The application, which `@hono/node-server` serves and tests call by its `request`. */
export type App = Hono<{ Bindings: HttpBindings }>;

/** All routes on injected parts: listens to nothing and reads no environment. */
export function createApp(parts: AppParts): App {
  const app: App = new Hono();
  // Its own, never the client's: it ends in logs and in the audit log.
  app.use(requestId({ headerName: '' }));
  app.use(accessLog(parts.log));
  app.use(guard(parts));

  app.get(ROUTES.config, async (c) => compressedJson(c, await publicConfig(parts, await parts.me(c))));
  app.get(
    ROUTES.openApi,
    createOpenApiRoute({
      version: parts.build,
      isSecure: parts.publicOrigin?.startsWith('https:') ?? false,
    }),
  );
  app.post(ROUTES.byo, createByoRoute(parts));
  app.post(ROUTES.byoCheck, createCheckRoute(parts));
  app.post(ROUTES.byoPlan(':run'), createPlanRoute(parts));
  app.get(ROUTES.byoReceipt(':run'), async (c) => {
    const run = c.req.param('run') ?? '';
    const receipt = RUN_ID.test(run) ? await parts.receipts.get(run) : undefined;
    return receipt
      ? c.json(receipt)
      : failureResponse(c, {
          code: 'not_found',
          message: 'There is no receipt of that run here: they are kept for ten minutes.',
        });
  });
  for (const routes of parts.accountRoutes) app.route('/', routes);
  app.get(ROUTES.health, (c) => c.json({ ok: true }));
  app.get(ROUTES.ready, async (c) => {
    const reason = await parts.notReady();
    return c.json({ ready: reason === undefined, reason }, reason === undefined ? 200 : 503);
  });
  app.get(ROUTES.metrics, async (c) => {
    if (parts.metricsToken !== undefined && !isSame(bearerToken(c.req.raw.headers), parts.metricsToken))
      return failureResponse(c, {
        code: 'unauthenticated',
        message: 'The metrics want the token of METRICS_TOKEN: authorization: Bearer <token>.',
      });
    return c.text(await parts.metrics.text(), 200, { 'content-type': parts.metrics.contentType });
  });

  if (parts.webRoot !== undefined) servePage(app, parts.webRoot);
  app.notFound((c) => failureResponse(c, { code: 'not_found', message: 'There is nothing here.' }));
  app.onError((error, c) => {
    parts.log.error('a route broke', bugFields(error));
    return failureResponse(c, { code: 'internal', message: 'Something broke on this server. Try again.' });
  });
  return app;
}

/** Lets in what names this server and comes from its own page or from no page, and gives every answer its headers. */
function guard({ publicOrigin, ownHosts }: AppParts): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const own = publicOrigin === undefined ? [] : [publicOrigin];
  const overTls = publicOrigin?.startsWith('https:') ?? false;
  return async (c, next) => {
    // On the response itself, since a run writes its own head. A year, as ASVS 3.4.1 wants it.
    if (overTls) c.env.outgoing?.setHeader('strict-transport-security', 'max-age=31536000');
    const { method } = c.req;
    if (!isOwnHost(namedHost(c), ownHosts) && !isProbe(c.req.path))
      c.res = failureResponse(c, {
        code: 'forbidden',
        message:
          'This server does not answer to that name. Open it by its own address, or have its operator put the name into ALLOWED_HOSTS.',
      });
    else if (method === 'GET' || method === 'HEAD' || isSameOrigin(c.req.raw.headers, own)) await next();
    else
      c.res = failureResponse(c, {
        code: 'forbidden',
        message: 'This was sent by another site. Use the page of this server, or curl.',
      });
    // A run has written its own head by now.
    if (c.env.outgoing?.headersSent) return;
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      if (!c.res.headers.has(name)) c.res.headers.set(name, value);
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', NO_STORE);
  };
}

function namedHost(c: Context): NamedHost {
  // as: served by node, so that every context has its message
  const { socket } = (c.env as HttpBindings).incoming;
  return {
    host: c.req.header('host'),
    forwardedHost: c.req.header('x-forwarded-host'),
    remote: socket.remoteAddress,
    local: socket.localAddress,
  };
}

/** Orchestrators ask by whatever name they have; the answers tell nothing that a site could use. */
function isProbe(path: string): boolean {
  return path === ROUTES.health || path === ROUTES.ready;
}

/** In a time that tells nothing of either. */
function isSame(given: string | undefined, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}
