import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';

export const NGINX = process.env['NGINX'] ?? 'nginx';

export function hasNginx(): boolean {
  return spawnSync(NGINX, ['-v']).status === 0;
}

export interface NginxSetup {
  readonly args: readonly string[];
  readonly url: string;
  /** Where everything is that it writes. */
  readonly folder: string;
}

/**
 * nginx as the README wants it before an event stream: no buffering, and a client's leave passed on; connections to what is behind it are
 * kept. One process, so that its time can be read.
 */
export async function setUpNginx(upstream: string): Promise<NginxSetup> {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-nginx-'));
  const port = await freePort();
  const conf = `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 4096; }
http {
  access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  upstream source { server ${new URL(upstream).host}; keepalive 600; }
  server {
    listen 127.0.0.1:${port};
    location / {
      proxy_pass http://source; proxy_http_version 1.1; proxy_set_header connection "";
      proxy_buffering off; proxy_ignore_client_abort off;
    }
  }
}
`;
  writeFileSync(join(folder, 'nginx.conf'), conf);
  return { args: ['-p', folder, '-c', join(folder, 'nginx.conf')], url: `http://127.0.0.1:${port}`, folder };
}
