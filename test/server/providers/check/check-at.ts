import { Agent } from 'undici';
import { DEFAULT_LIMITS } from '../../../../server/providers/call-limits.ts';
import { checkKey } from '../../../../server/providers/check-key.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';
import { type HostileServer, hostileServer, reply } from '../hostile-server.ts';

/** The provider of the last check. */
export let server: HostileServer;

export function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}

/** To be stopped behind each test. */
export async function listen(answer: Parameters<typeof hostileServer>[0]): Promise<void> {
  server = await hostileServer(answer);
}

/** Checks a key at a server that answers so. */
export async function check(
  of: Vendor,
  model: string,
  answer: string | Buffer | ((count: number) => string | Buffer),
  signal = new AbortController().signal,
) {
  await listen((socket, _, count) => socket.write(typeof answer === 'function' ? answer(count) : answer));
  const agent = new Agent();
  const upstream = {
    vendor: of,
    origin: server.origin,
    dispatcher: agent,
    authorization: `${of.auth.prefix}K`,
  };
  const verdict = await checkKey(upstream, model, {
    signal,
    limits: DEFAULT_LIMITS,
    now: () => performance.now(),
    endsAt: Number.POSITIVE_INFINITY,
  });
  await agent.destroy();
  return verdict;
}

export const json = (status: number, body: unknown) =>
  reply(status, { 'content-type': 'application/json' }, JSON.stringify(body));
