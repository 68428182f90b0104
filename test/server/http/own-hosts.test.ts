import { get } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { hostnameOf, isOwnHost, type NamedHost } from '../../../server/http/own-hosts.ts';
import { type RunningServer, startServer } from '../../../server/start/start-server.ts';
import { createLog } from '../../../server/telemetry/log.ts';

const OWN = {
  names: ['skills.example.org', '127.0.0.1', '2001:db8::7', 'oneturn_app'],
  trustedProxies: ['10.0.0.0/8'],
  addresses: () => ['192.168.1.5', 'fe80::1ff:fe23:4567:890a'],
};
const asked = (host: string | undefined, more: Partial<NamedHost> = {}): boolean =>
  isOwnHost({ host, forwardedHost: undefined, remote: '203.0.113.9', local: '172.17.0.2', ...more }, OWN);

describe('answers to', () => {
  it.each([
    'localhost',
    'localhost:8787',
    'LOCALHOST.:8787',
    'app.localhost',
    '127.0.0.1:1',
    '127.9.9.9',
    '[::1]:8787',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]:8787',
    'skills.example.org',
    'Skills.Example.ORG.:443',
    'oneturn_app:8787',
    '[2001:DB8:0::7]:80',
    '192.168.1.5:8787',
    '172.17.0.2',
    '[::ffff:192.168.1.5]',
    '[fe80::1ff:fe23:4567:890a]',
  ])('%s', (host) => expect(asked(host)).toBe(true));

  it('a probe without Host, which no browser leaves out', () => expect(asked(undefined)).toBe(true));
});

describe('does not answer to', () => {
  it.each([
    'evil.example',
    'evil.example:8787',
    'localhost.evil.example',
    'evil-localhost',
    'localhost@evil.example',
    'evil.example@localhost',
    '127.0.0.1.evil.example',
    '127.0.0.1.nip.io',
    'skills.example.org.evil.example',
    'askills.example.org',
    'x.skills.example.org',
    'skills.example.org..',
    'skills.example.org,evil.example',
    'localhost evil.example',
    'localhost/evil.example',
    'localhost:80:80',
    'localhost:x',
    '192.168.1.6',
    '203.0.113.9',
    '[2001:db8::8]',
    '[::ffff:203.0.113.9]',
    '[::1',
    '::1',
    '[localhost]',
    '0.0.0.0',
    '2130706433',
    '0x7f.1',
    '',
    '.',
    'lоcalhost',
  ])('%j', (host) => expect(asked(host)).toBe(false));
});

describe('x-forwarded-host', () => {
  const proxied = { forwardedHost: 'skills.example.org', remote: '10.1.2.3' };

  it('of a trusted proxy stands for Host, where Host is a name that no site can have', () => {
    expect(asked('upstream:8787', proxied)).toBe(true);
    expect(asked('10.0.0.9', proxied)).toBe(true);
    expect(asked('upstream:8787', { ...proxied, remote: '::ffff:10.1.2.3' })).toBe(true);
    expect(asked('evil.example', proxied)).toBe(false);
  });

  it('of a trusted proxy refuses what Host alone would not', () => {
    expect(asked('127.0.0.1:8787', { ...proxied, forwardedHost: 'evil.example' })).toBe(false);
    expect(asked('127.0.0.1', { ...proxied, forwardedHost: 'skills.example.org, evil.example' })).toBe(false);
    expect(asked('127.0.0.1', { ...proxied, forwardedHost: '' })).toBe(false);
  });

  it('of anybody else is not believed', () => {
    expect(asked('upstream', { ...proxied, remote: '203.0.113.9' })).toBe(false);
    expect(asked('evil.example', { ...proxied, remote: undefined })).toBe(false);
    expect(asked('localhost', { forwardedHost: 'evil.example' })).toBe(true);
  });
});

it('reads a name without port, brackets and final dot', () => {
  expect(hostnameOf('Skills.Example.org.:80')).toBe('skills.example.org');
  expect(hostnameOf('[2001:DB8::1]:80')).toBe('2001:db8::1');
});

describe('over a real socket', () => {
  let server: RunningServer;
  beforeAll(async () => {
    const config = readConfig({ PORT: '0', ALLOWED_HOSTS: 'skills.lan', SANDBOX_PACE: 'instant' });
    server = await startServer(config, { log: createLog('silent'), build: 'test' });
  });
  afterAll(() => server.stop());

  const answer = (path: string, host: string) =>
    new Promise<{ readonly status: number | undefined; readonly body: unknown }>((done, fail) => {
      get(new URL(path, server.url), { headers: { host } }, (response) => {
        json(response).then((body) => done({ status: response.statusCode, body }), fail);
      }).once('error', fail);
    });

  it('another site’s name gets a sentence and no configuration', async () => {
    const { status, body } = await answer('/v1/config', 'evil.example');
    expect(status).toBe(403);
    expect(body).toEqual({ error: { code: 'forbidden', message: expect.stringContaining('ALLOWED_HOSTS') } });
    expect(JSON.stringify(body)).not.toContain('evil');
  });

  it('its own names get the configuration', async () => {
    for (const host of ['localhost', '127.0.0.1:9', 'SKILLS.lan.'])
      expect((await answer('/v1/config', host)).status, host).toBe(200);
  });

  it('a probe by any name is answered', async () => {
    expect(await answer('/healthz', '10.244.0.17:8787')).toEqual({ status: 200, body: { ok: true } });
    expect((await answer('/metrics', '10.244.0.17:8787').catch(() => ({ status: 403 }))).status).toBe(403);
  });
});
