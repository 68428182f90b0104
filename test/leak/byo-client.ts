import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { ROUTES } from '../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import type { ServerConfig } from '../../shared/contract/server-config.ts';
import { turnKey } from '../../shared/sealing/turn-key.ts';

export async function readConfig(url: string): Promise<ServerConfig> {
  // On a connection of its own: a kept one may be closing just now.
  return (await (
    await fetch(url + ROUTES.config, { headers: { connection: 'close' } })
  ).json()) as ServerConfig; // as: our own server's answer
}

export interface Sent {
  readonly run: string;
  readonly request: ClientRequest;
  readonly response: Promise<IncomingMessage>;
  destroy(): void;
}

export interface SendOptions {
  readonly key: string | undefined;
  readonly sealed: boolean;
  readonly body: Readonly<Record<string, unknown>> & { readonly provider: string };
  readonly path?: string;
  readonly config: ServerConfig;
  /** Sends only so many bytes of the body and then waits. */
  readonly cutBodyAt?: number;
  /** In place of now, epoch ms. */
  readonly sealedAt?: number;
  /** In place of a fresh id. */
  readonly run?: string;
  /** Sent beside those of a run, or in their place. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** One BYO request over a connection of its own, sealed like the page's or with a plain header like curl's. */
export async function sendRun(url: string, options: SendOptions): Promise<Sent> {
  const { key, sealed, config } = options;
  const run = options.run ?? randomBytes(16).toString('base64url');
  const body = JSON.stringify(options.body);
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    [RUN_ID_HEADER]: run,
  };
  if (key !== undefined && sealed) {
    const turned = await turnKey(() => key, {
      config,
      provider: options.body.provider,
      ...siteOf(options.body),
      runId: run,
      body,
      serverNow: options.sealedAt ?? Date.now(),
    });
    if (!turned.ok) throw new Error(turned.failure.message);
    headers[KEY_HEADER] = turned.header;
  } else if (key !== undefined) {
    headers[KEY_HEADER] = key;
  }
  const sent = request(url + (options.path ?? ROUTES.byo), {
    method: 'POST',
    headers: { ...headers, ...options.headers },
    agent: false,
  });
  sent.on('error', () => undefined);
  const response = once(sent, 'response').then(([message]: IncomingMessage[]) => {
    if (!message) throw new Error('no response');
    message.on('error', () => undefined);
    return message;
  });
  response.catch(() => undefined);
  if (options.cutBodyAt === undefined) sent.end(body);
  else sent.write(body.slice(0, options.cutBodyAt));
  return { run, request: sent, response, destroy: () => sent.destroy() };
}

function siteOf({ site }: SendOptions['body']): { readonly site?: string } {
  return typeof site === 'string' ? { site } : {};
}

/** The whole body; what came, when the connection broke. */
export async function readAll(response: IncomingMessage): Promise<string> {
  let text = '';
  try {
    for await (const chunk of response) text += String(chunk);
  } catch {
    // cut off: what came counts
  }
  return text;
}
