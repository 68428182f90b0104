import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasNginx, NGINX } from '../../nginx.ts';
import { freePort } from '../../ports.ts';
import { until } from '../../until.ts';

const FILE = join(import.meta.dirname, '../../../server/deploy/nginx.conf');
const runs = hasNginx() && spawnSync('openssl', ['version']).status === 0;

/** The file as it is, but for ports, certificates and where Oneturn is. */
describe.skipIf(!runs)('nginx with our configuration', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-front-'));
  let answer = (_: IncomingMessage, response: ServerResponse): void => void response.end();
  const oneturn = createServer((incoming, response) => answer(incoming, response));
  let nginx: ChildProcess;
  let port = 0;

  beforeAll(async () => {
    oneturn.listen(0, '127.0.0.1');
    await once(oneturn, 'listening');
    port = await freePort();
    const subject = ['-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=front.test'];
    const out = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')];
    expect(spawnSync('openssl', ['req', ...subject, ...out]).status).toBe(0);
    const behind = (oneturn.address() as AddressInfo).port; // as: it listens on TCP
    const site = readFileSync(FILE, 'utf8')
      .replace('server server:8787;', `server 127.0.0.1:${behind};`)
      .replace('listen 80;', `listen 127.0.0.1:${await freePort()};`)
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replaceAll('/etc/nginx/certs', folder);
    writeFileSync(join(folder, 'site.conf'), site);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    const conf = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log warn;
events {}
http { access_log ${folder}/access.log; ${temporary.join(' ')} include ${folder}/site.conf; }`;
    writeFileSync(join(folder, 'nginx.conf'), conf);
    const args = ['-p', folder, '-c', join(folder, 'nginx.conf')];
    const tested = spawnSync(NGINX, [...args, '-t'], { encoding: 'utf8' });
    expect(tested.status, tested.stderr).toBe(0);
    nginx = spawn(NGINX, args, { stdio: 'ignore' });
    const { response } = await until(() => ask('/'));
    response.resume();
  });
  afterAll(async () => {
    const gone = once(nginx, 'exit');
    nginx.kill('SIGTERM');
    await gone;
    oneturn.closeAllConnections();
    oneturn.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The head of the answer; who asks reads the rest, or leaves. */
  async function ask(path: string, headers: Readonly<Record<string, string>> = {}) {
    const asked = request({
      ...{ host: '127.0.0.1', port, path, method: 'POST', headers, agent: false },
      // made above, by nobody
      rejectUnauthorized: false,
    });
    asked.end('{}');
    const [response] = (await once(asked, 'response')) as [IncomingMessage]; // as: the event's own argument
    asked.on('error', () => undefined);
    return { asked, response };
  }

  it('passes each event on before there is another', async () => {
    const steps: (() => void)[] = [];
    answer = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
      steps.push(() => response.end('data: two\n\n'));
    };
    const { response } = await ask('/v1/intent/byo');
    const [first] = (await once(response, 'data')) as [Buffer]; // as: the event's own argument
    expect(first.toString()).toBe('data: one\n\n');
    steps.at(-1)?.();
    const [second] = (await once(response, 'data')) as [Buffer]; // as: the same
    expect(second.toString()).toBe('data: two\n\n');
  });

  it('passes a client that leaves on to the server', async () => {
    const left = new Promise<void>((resolve) => {
      answer = (_, response) => {
        response.on('close', resolve);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: one\n\n');
      };
    });
    const { asked } = await ask('/v1/intent/byo');
    asked.destroy();
    await left;
  });

  it('says who asks, believes nobody about it, and writes no path down', async () => {
    let seen: IncomingMessage['headers'] = {};
    answer = (incoming, response) => {
      seen = incoming.headers;
      response.end('ok');
    };
    const spoofed = {
      host: 'skills.test',
      'x-forwarded-for': '203.0.113.9',
      'x-forwarded-host': 'evil.test',
    };
    const { response } = await ask('/try/a-secret-address', spoofed);
    response.resume();
    expect(seen).toMatchObject({
      host: 'skills.test',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'skills.test',
      'x-forwarded-proto': 'https',
    });
    await once(response, 'end');
    for (const log of ['access.log', 'error.log'])
      expect(readFileSync(join(folder, log), 'utf8')).not.toContain('a-secret-address');
  });
});
