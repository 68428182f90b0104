import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Log } from '../telemetry/log.ts';
import { BoundedRequests, REQUEST_BOUNDS, type RequestBounds } from './bound-requests.ts';
import { cutStalled } from './cut-stalled.ts';
import {
  hasOneHost,
  refuseBusy,
  refuseExpectation,
  refuseHost,
  refuseMalformed,
  refuseRequest,
} from './refuse-malformed.ts';

/** `bounds` limits open requests and the memory of their bodies; see `REQUEST_BOUNDS`. */
export interface HttpServerOptions {
  /** A request's head and body must arrive within this time, against clients that send one byte at a time (slowloris). */
  readonly requestLimitMs: number;
  readonly bounds?: RequestBounds;
  readonly log: Log;
}

/** Node's HTTP server around the app, with limits; listens to nothing yet. */
export function createHttpServer(
  app: Hono<{ Bindings: HttpBindings }>,
  { requestLimitMs, bounds = REQUEST_BOUNDS, log }: HttpServerOptions,
): Server {
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: refuseRequest(log),
  });
  const requests = new BoundedRequests(bounds);
  const checkMs = Math.min(5000, requestLimitMs);
  const server = createServer(
    {
      headersTimeout: requestLimitMs,
      requestTimeout: requestLimitMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: 10_000,
      // TCP probes find clients that vanished, from one second of silence on.
      keepAlive: true,
      keepAliveInitialDelay: 1000,
      // Checked here, since Node's own answer lacks our headers and accepts two hosts as one.
      requireHostHeader: false,
    },
    (incoming, outgoing) => {
      const taken = requests.take(incoming, outgoing);
      if (taken === 'cut') return;
      if (taken !== 'taken') refuseBusy(incoming, outgoing, taken, log);
      else if (hasOneHost(incoming)) void listener(incoming, outgoing);
      else refuseHost(incoming, outgoing, log);
    },
  );
  requests.watch(server);
  server.on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) =>
    refuseExpectation(incoming, outgoing, log),
  );
  refuseMalformed(server, log);
  // later than any 408, which is an answer
  cutStalled(server, requestLimitMs + 2 * checkMs);
  return server;
}
