import { randomBytes } from 'node:crypto';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../../shared/contract/run-limits.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { turnKey } from '../../../shared/sealing/turn-key.ts';

/** Where a stream is asked for and how. `%` in the body becomes the stream's number. */
export interface Target {
  readonly origin: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How the provider's keys begin; as Anthropic's do unless told. */
  readonly keyPrefix?: string;
  /** The header that takes the key with what stands before it, or sealed as the page does it. */
  readonly key: { readonly header: string; readonly prefix: string } | { readonly sealedFor: string };
  /** What only a whole answer has in it. */
  readonly mark: string;
}

export interface Prepared {
  readonly run: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

const configs = new Map<string, Promise<ServerConfig>>();

function configOf(origin: string): Promise<ServerConfig> {
  const known =
    configs.get(origin) ??
    fetch(origin + ROUTES.config).then((answer) => answer.json() as Promise<ServerConfig>); // as: our own server's answer
  configs.set(origin, known);
  return known;
}

/** All that can be done before the request is sent, so that sealing is not part of what is timed. */
export async function prepare(target: Target, number: number, key: string): Promise<Prepared> {
  const run = randomBytes(16).toString('base64url');
  const body = target.body.replace('%', String(number));
  const headers: Record<string, string> = { 'content-type': 'application/json', ...target.headers };
  if ('sealedFor' in target.key) {
    const config = await configOf(target.origin);
    const turned = await turnKey(() => key, {
      config,
      provider: target.key.sealedFor,
      runId: run,
      body,
      serverNow: Date.now(),
    });
    if (!turned.ok) throw new Error(turned.failure.message);
    headers[KEY_HEADER] = turned.header;
    headers[RUN_ID_HEADER] = run;
  } else {
    headers[target.key.header] = target.key.prefix + key;
  }
  const bytes = Buffer.from(body);
  return { run, body: bytes, headers: { ...headers, 'content-length': String(bytes.length) } };
}
