import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, spawnProgram } from '../children.ts';

const NGINX = process.env['NGINX'] ?? 'nginx';

export function hasNginx(): boolean {
  return spawnSync(NGINX, ['-v']).status === 0;
}

/** nginx as people put it before an event stream: no buffering, connections to the provider kept. One process, so that its time can be read. */
export async function startNginx(upstream: string): Promise<{ readonly process: Child; readonly url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-bench-nginx-'));
  const port = await freePort();
  const conf = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream source { server ${new URL(upstream).host}; keepalive 600; }
  server {
    listen 127.0.0.1:${port};
    location / { proxy_pass http://source; proxy_http_version 1.1; proxy_set_header connection ""; proxy_buffering off; }
  }
}
`;
  writeFileSync(join(folder, 'nginx.conf'), conf);
  const { process: child } = spawnProgram(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  const url = `http://127.0.0.1:${port}`;
  await answers(url);
  return { process: child, url };
}

/** Takes a port of the system's choice and gives it back. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo; // as: it listens on TCP
  await new Promise((closed) => server.close(closed));
  return port;
}

/** Waits until a program takes requests. */
export async function answers(url: string): Promise<void> {
  const until = Date.now() + 15_000;
  for (;;) {
    const status = await fetch(url, { method: 'HEAD' }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status > 0) return;
    if (Date.now() > until) throw new Error(`nothing answers at ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
