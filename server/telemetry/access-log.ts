import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Log } from './log.ts';

/** Every answer has it, and every line about its request: what a user can quote and an operator can search. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** nginx's status for a client that left before its answer had gone out whole. */
const CLIENT_LEFT = 499;

/**
 * One line for each request, once its answer has gone out or its client has left. It names the route's pattern, never the path, the query
 * or a header: ids, searches and tokens are in those; and no address, since an operator who wants them has them at the proxy.
 */
export function accessLog(
  log: Log,
): MiddlewareHandler<{ Bindings: HttpBindings; Variables: { requestId: string } }> {
  return async (c, next) => {
    const { outgoing } = c.env;
    const { requestId: request } = c.var;
    const { method } = c.req;
    const begun = performance.now();
    let route = '';
    outgoing.setHeader(REQUEST_ID_HEADER, request);
    outgoing.once('close', () => {
      const status = outgoing.writableFinished ? outgoing.statusCode : CLIENT_LEFT;
      log.info('request', { request, method, route, status, ms: Math.round(performance.now() - begun) });
    });
    await next();
    route = routePath(c);
  };
}
