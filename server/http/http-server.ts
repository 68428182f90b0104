import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import type { Log } from '../telemetry/log.ts';
import { cutStalled } from './cut-stalled.ts';
import {
  hasOneHost,
  refuseExpectation,
  refuseHost,
  refuseMalformed,
  refuseRequest,
} from './refuse-malformed.ts';

export interface HttpServerOptions {
  /** A request's head and body must have come whole in this time: what slow lorises do not manage. */
  readonly requestLimitMs: number;
  readonly log: Log;
}

/** Node's HTTP server around the app, with limits; listens to nothing yet. */
export function createHttpServer(
  app: Hono<{ Bindings: HttpBindings }>,
  { requestLimitMs, log }: HttpServerOptions,
): Server {
  const listener = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: refuseRequest(log),
  });
  const checkMs = Math.min(5000, requestLimitMs);
  const server = createServer(
    {
      headersTimeout: requestLimitMs,
      requestTimeout: requestLimitMs,
      connectionsCheckingInterval: checkMs,
      keepAliveTimeout: 10_000,
      // A client that vanished without a word: probed from one second of silence on.
      keepAlive: true,
      keepAliveInitialDelay: 1000,
      // We look ourselves: Node's own answer has none of our headers, and it takes two hosts for one.
      requireHostHeader: false,
    },
    (incoming, outgoing) =>
      void (hasOneHost(incoming) ? listener(incoming, outgoing) : refuseHost(incoming, outgoing, log)),
  );
  server.on('checkExpectation', (incoming: IncomingMessage, outgoing: ServerResponse) =>
    refuseExpectation(incoming, outgoing, log),
  );
  refuseMalformed(server, log);
  // later than any 408, which is an answer
  cutStalled(server, requestLimitMs + 2 * checkMs);
  return server;
}
