import { NGINX, setUpNginx } from '../../nginx.ts';
import { answers } from '../../ports.ts';
import { type Child, spawnProgram } from '../children.ts';

export async function startNginx(
  upstream: string,
): Promise<{ readonly process: Child; readonly url: string }> {
  const { args, url } = await setUpNginx(upstream);
  const { process } = spawnProgram(NGINX, args);
  await answers(url);
  return { process, url };
}
