import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { createProxy } from 'proxy';
import { Agent } from 'undici';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createConnector } from '../../../../server/providers/connect/safe-connect.ts';
import { callTo } from '../call.ts';
import { WHOLE } from '../hostile-server.ts';
import { createAuthority } from './make-certificate.ts';

const NAME = 'provider.example';
const authority = createAuthority();
const certificate = authority.issue(NAME, 1);

/** A real proxy (npm: proxy) that knows where the name is, and all that it saw on its way in. */
const proxy: Server = createProxy(createHttpServer());
let seen = '';
let asked: string[] = [];
let isOpen = true;
const provider = createTlsServer({ ...certificate }, (socket: Socket) => {
  socket.on('data', () => socket.write(WHOLE));
  socket.on('error', () => undefined);
});

const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port; // as: TCP

beforeAll(async () => {
  provider.listen(0, '127.0.0.1');
  proxy.on('connection', (socket: Socket) =>
    socket.on('data', (chunk) => {
      seen += chunk.toString('latin1');
    }),
  );
  // the name is only known here: the proxy would not find it either
  proxy.prependListener('connect', (request) => {
    asked.push(request.url ?? '');
    request.url = `127.0.0.1:${portOf(provider)}`;
  });
  Object.assign(proxy, { authenticate: () => isOpen });
  proxy.listen(0, '127.0.0.1');
  await Promise.all([once(provider, 'listening'), once(proxy, 'listening')]);
});
afterAll(() => {
  proxy.close();
  provider.close();
});
beforeEach(() => {
  seen = '';
  asked = [];
  isOpen = true;
});

async function call(
  origin = `https://${NAME}:8443`,
  reach: 'public' | 'private' = 'public',
): Promise<unknown> {
  const connect = createConnector({
    reachOf: () => reach,
    ca: [authority.cert],
    proxyFor: () => `http://user:pass%20word@127.0.0.1:${portOf(proxy)}`,
  });
  const agent = new Agent({ connect });
  const result = await callTo(origin, {
    agent,
    upstream: { authorization: 'Bearer canary-that-no-proxy-sees' },
  });
  await agent.destroy();
  return result;
}

test('a call goes through the proxy by CONNECT, with TLS from end to end', async () => {
  expect(await call()).toMatchObject({ kind: 'answer', text: 'Hello' });
  expect(asked).toEqual([`${NAME}:8443`]);
  expect(seen).toContain(`CONNECT ${NAME}:8443`);
  expect(seen).toContain(Buffer.from('user:pass word').toString('base64'));
  expect(seen).not.toContain('canary');
  expect(seen).not.toContain('/v1/');
});

test('a proxy that refuses ends the call, and nothing goes around it', async () => {
  isOpen = false;
  expect(await call()).toMatchObject({
    kind: 'failure',
    failure: { reason: 'unreachable' },
    billable: false,
  });
});

test.each(['https://169.254.169.254', 'https://127.0.0.1:9', 'https://localhost:9'])(
  'an address that may not be reached is not asked of the proxy: %s',
  async (origin) => {
    expect(await call(origin)).toMatchObject({ kind: 'failure', failure: { reason: 'unreachable' } });
    expect(asked).toEqual([]);
  },
);

test('plain http goes through no proxy, which would see the key', async () => {
  expect(await call('http://127.0.0.1:9', 'private')).toMatchObject({ kind: 'failure' });
  expect(seen).toBe('');
});

test('an authority of the operator’s own counts by NODE_EXTRA_CA_CERTS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-ca-'));
  const file = join(folder, 'ca.pem');
  writeFileSync(file, authority.cert);
  const script = `
    import { createServer } from 'node:tls';
    import { Agent, request } from 'undici';
    import { createConnector } from './server/providers/connect/safe-connect.ts';
    import { wantConnection } from './server/providers/connect/wanted-connections.ts';
    const server = createServer(${JSON.stringify(certificate)}, (socket) => {
      socket.on('data', () => socket.end('HTTP/1.1 200 OK\\r\\ncontent-length: 2\\r\\n\\r\\nok'));
    }).listen(0, '127.0.0.1', async () => {
      const origin = 'https://${NAME}:' + server.address().port;
      wantConnection(origin);
      const lookup = (_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);
      const dispatcher = new Agent({ connect: createConnector({ reachOf: () => 'private', lookup }) });
      const said = await request(origin, { dispatcher }).then((r) => r.body.text(), (error) => error.code);
      console.log(said);
      process.exit(0);
    });`;
  const run = (env: Record<string, string>): string =>
    spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { PATH: process.env['PATH'], ...env },
      encoding: 'utf8',
    }).stdout.trim();
  expect(run({ NODE_EXTRA_CA_CERTS: file })).toBe('ok');
  expect(run({})).not.toBe('ok');
  rmSync(folder, { recursive: true });
});
