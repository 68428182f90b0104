import { type ClientRequest, request as overTcp, type RequestOptions } from 'node:http';
import { request as overTls } from 'node:https';
import type { Socket } from 'node:net';

/** The proxy did not open a tunnel: not there, or against its rules. */
export class ProxyRefused extends Error {
  readonly code = 'ONETURN_PROXY_REFUSED';
}

export interface Tunnel {
  /** `http://user:password@proxy.example:3128`; https for a proxy that itself speaks TLS. */
  readonly proxy: string;
  /** `host:port` as CONNECT names it (RFC 9110, 9.3.6). */
  readonly target: string;
  readonly timeoutMs: number;
  /** The socket to the proxy while the tunnel is being opened. */
  readonly onSocket: (socket: Socket) => void;
}

/**
 * Opens a way through a proxy by CONNECT. What goes over it is TLS from end to end: the proxy sees the target's name and nothing of the
 * requests, neither path nor key.
 */
export function openTunnel(
  { proxy, target, timeoutMs, onSocket }: Tunnel,
  done: (error: Error | null, socket?: Socket) => void,
): void {
  const { protocol, hostname, port, username, password } = new URL(proxy);
  const secure = protocol === 'https:';
  const login = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString(
    'base64',
  );
  const options: RequestOptions = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || (secure ? 443 : 80),
    method: 'CONNECT',
    path: target,
    agent: false,
    timeout: timeoutMs,
    headers: { host: target, ...(username && { 'proxy-authorization': `Basic ${login}` }) },
  };
  const request: ClientRequest = secure ? overTls(options) : overTcp(options);
  const fail = (): void => {
    request.destroy();
    done(new ProxyRefused('the proxy opened no tunnel'));
  };
  request
    .once('socket', onSocket)
    .once('timeout', fail)
    .once('error', fail)
    .once('response', fail)
    .once('connect', (response, socket: Socket, head) => {
      request.removeAllListeners('timeout').removeAllListeners('error');
      // a target that speaks first speaks no TLS
      if (response.statusCode === 200 && head.length === 0) return done(null, socket);
      socket.destroy();
      fail();
    })
    .end();
}
