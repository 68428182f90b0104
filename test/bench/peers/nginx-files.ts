import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NGINX } from '../../nginx.ts';
import { answers, freePort } from '../../ports.ts';
import { type Child, spawnProgram } from '../children.ts';

/** nginx with these bytes as files, in one process as ours is. Paths begin with a slash. */
export async function startNginxFiles(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<{ readonly process: Child; readonly url: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-nginx-'));
  const port = await freePort();
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, 'root', path)), { recursive: true });
    writeFileSync(join(folder, 'root', path), bytes);
  }
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http {
  access_log off; sendfile on; keepalive_requests 1000000; default_type application/octet-stream;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy;
  fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
  server { listen 127.0.0.1:${port}; root ${folder}/root; }
}
`,
  );
  const url = `http://127.0.0.1:${port}`;
  const { process } = spawnProgram(NGINX, ['-p', folder, '-c', join(folder, 'nginx.conf')]);
  await answers(url);
  return { process, url };
}
