import type { LookupAddress, lookup } from 'node:dns';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConnectorOptions, createConnector } from '../../../../server/providers/connect/safe-connect.ts';
import { callTo } from '../call.ts';
import { type HostileServer, hostileServer, WHOLE } from '../hostile-server.ts';
import { createAuthority, selfSigned } from './make-certificate.ts';

/** A name server of the test's own: the answers in turn, the last one again and again. */
function answers(...turns: readonly (readonly string[])[]): {
  readonly lookup: typeof lookup;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const resolve = (
    hostname: string,
    _: unknown,
    callback: (error: null, found: LookupAddress[]) => void,
  ): void => {
    const turn = turns[Math.min(asked.length, turns.length - 1)] ?? [];
    asked.push(hostname);
    process.nextTick(() =>
      callback(
        null,
        turn.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      ),
    );
  };
  // as: only the form with options and all addresses is used
  return { lookup: resolve as unknown as typeof lookup, asked };
}

const agentWith = (options: ConnectorOptions): Agent => new Agent({ connect: createConnector(options) });

const refused = {
  kind: 'failure',
  failure: { code: 'provider_failed', reason: 'unreachable' },
  billable: false,
};

describe('connecting', () => {
  let server: HostileServer;
  afterEach(() => server.stop());
  const trap = async (): Promise<string> => {
    server = await hostileServer((socket) => socket.write(WHOLE));
    return new URL(server.origin).port;
  };

  it.each([
    '127.0.0.1',
    '[::1]',
    '0.0.0.0',
    '[::]',
    '[::ffff:127.0.0.1]',
    '169.254.169.254',
    '[64:ff9b::7f00:1]',
    '[::7f00:1]',
    '2130706433',
    '0x7f.1',
    '0177.0.0.1',
    '127.1',
  ])('to http://%s from a name that may be public only opens no socket', async (host) => {
    const { origin } = new URL(`http://${host}:${await trap()}`);
    const agent = agentWith({ reachOf: () => 'public' });
    expect(await callTo(origin, { agent })).toMatchObject(refused);
    expect(server.open).toBe(0);
    await agent.destroy();
  });

  it('to a name that leads to this machine opens no socket, unless the operator named it', async () => {
    const port = await trap();
    const { lookup, asked } = answers(['127.0.0.1']);
    const open = agentWith({ reachOf: () => 'public', lookup });
    expect(await callTo(`http://innocent.example:${port}`, { agent: open })).toMatchObject(refused);
    expect(server.open).toBe(0);
    await open.destroy();
    const named = agentWith({
      reachOf: (origin) => (origin === `http://innocent.example:${port}` ? 'private' : undefined),
      lookup,
    });
    expect(await callTo(`http://innocent.example:${port}`, { agent: named })).toMatchObject({
      kind: 'answer',
    });
    expect(asked).toEqual(['innocent.example', 'innocent.example']);
    await named.destroy();
  });

  it('to a metadata address is refused even where the operator named the host', async () => {
    await trap();
    for (const address of ['169.254.169.254', '::ffff:a9fe:a9fe', 'fd00:ec2::254', '168.63.129.16']) {
      const agent = agentWith({ reachOf: () => 'private', lookup: answers([address]).lookup });
      expect(await callTo('http://ollama:80', { agent })).toMatchObject(refused);
      await agent.destroy();
    }
  });

  it('to a name with one good and one bad answer is refused whole', async () => {
    const port = await trap();
    const agent = agentWith({
      reachOf: () => 'public',
      lookup: answers(['93.184.216.34', '127.0.0.1']).lookup,
    });
    expect(await callTo(`http://rebind.example:${port}`, { agent })).toMatchObject(refused);
    expect(server.open).toBe(0);
    await agent.destroy();
  });

  it('uses the address that was checked: the name is asked once a connection, and a later answer is checked again', async () => {
    const port = await trap();
    const names = answers(['127.0.0.1'], ['169.254.169.254']);
    const agent = agentWith({ reachOf: () => 'private', lookup: names.lookup });
    expect(await callTo(`http://rebind.example:${port}`, { agent })).toMatchObject({ kind: 'answer' });
    expect(names.asked).toHaveLength(1);
    await agent.destroy();
    const again = agentWith({ reachOf: () => 'private', lookup: names.lookup });
    expect(await callTo(`http://rebind.example:${port}`, { agent: again })).toMatchObject(refused);
    await again.destroy();
  });

  it('to an origin that it does not know is refused', async () => {
    const port = await trap();
    const agent = agentWith({
      reachOf: (origin) => (origin === 'https://api.openai.com' ? 'public' : undefined),
    });
    expect(await callTo(`http://127.0.0.1:${port}`, { agent })).toMatchObject(refused);
    expect(server.open).toBe(0);
    await agent.destroy();
  });

  it('ignores proxies in the environment', async () => {
    const port = await trap();
    const proxy = await hostileServer((socket) => socket.write(WHOLE));
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY'])
      process.env[name] = name.startsWith('NODE') ? '1' : proxy.origin;
    const agent = agentWith({ reachOf: () => 'private' });
    const result = await callTo(`http://127.0.0.1:${port}`, { agent });
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'NODE_USE_ENV_PROXY'])
      delete process.env[name];
    expect(result.kind).toBe('answer');
    expect(proxy.requests).toHaveLength(0);
    await agent.destroy();
    await proxy.stop();
  });
});

describe('certificates', () => {
  const authority = createAuthority();
  const good = authority.issue('provider.example', 1);

  /** A call to a TLS server under the name provider.example; how many requests it got. */
  async function call(
    options: TlsOptions,
    ca: readonly string[] | undefined,
  ): Promise<{ result: unknown; requests: number }> {
    let requests = 0;
    const server = createServer(options, (socket) => {
      socket.on('data', () => {
        requests += 1;
        socket.write(WHOLE);
      });
      socket.on('error', () => undefined);
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // as: a TCP server's address is one
    const { port } = server.address() as AddressInfo;
    const agent = agentWith({ reachOf: () => 'private', ca, lookup: answers(['127.0.0.1']).lookup });
    const result = await callTo(`https://provider.example:${port}`, { agent });
    await agent.destroy();
    server.close();
    return { result, requests };
  }
  const failed = { kind: 'failure', failure: { code: 'provider_failed', reason: 'tls' }, billable: false };

  it('that are right let a call through', async () => {
    expect(await call(good, [authority.cert])).toMatchObject({
      result: { kind: 'answer', text: 'Hello' },
      requests: expect.any(Number),
    });
  });

  it.each([
    ['self-signed', selfSigned('provider.example'), undefined],
    ['of an unknown authority', good, undefined],
    ['expired', authority.issue('provider.example', -1), [authority.cert]],
    ['for another name', authority.issue('evil.example', 1), [authority.cert]],
  ])('that are %s stop it before the key is sent', async (_, certificate, ca) => {
    expect(await call(certificate, ca)).toMatchObject({ result: failed, requests: 0 });
  });

  it('are checked whatever the environment says', async () => {
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
    const { result, requests } = await call(selfSigned('provider.example'), undefined);
    delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    expect(result).toMatchObject(failed);
    expect(requests).toBe(0);
  });

  it('over TLS 1.1 are not looked at', async () => {
    const old = {
      ...good,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    expect(await call(old, [authority.cert])).toMatchObject({ result: failed, requests: 0 });
  });
});
