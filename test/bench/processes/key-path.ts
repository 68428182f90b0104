import { Agent } from 'undici';
import { receiveKey } from '../../../server/byo/receive-key.ts';
import { createKeyAgents } from '../../../server/keys/key-agents.ts';
import { KeySockets } from '../../../server/keys/key-socket.ts';
import { openUpstream } from '../../../server/keys/key-upstream.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { systemClock } from '../../../server/providers/clock.ts';
import { createConnector } from '../../../server/providers/connect/safe-connect.ts';
import { streamCall } from '../../../server/providers/stream-call.ts';
import type { Upstream } from '../../../server/providers/upstream.ts';
import { createSealingKeys } from '../../../server/sealing/sealing-keys.ts';
import type { ServerConfig } from '../../../shared/contract/server-config.ts';
import { ANTHROPIC } from '../../../shared/providers/vendors/anthropic.ts';
import { bodyDigest } from '../../../shared/sealing/seal-format.ts';
import { turnKey } from '../../../shared/sealing/turn-key.ts';
import { makeCanary } from '../../leak/canary.ts';
import { serveOps } from './rpc.ts';

/** `bytes`: as a run does it; `string`: the same transport with the key as a header's text; `fetch`: the global one. */
export type Way = 'bytes' | 'string' | 'fetch';
export const CALLS_A_RUN = 4;

const now = (): number => performance.now();
const wallClock = (): number => Date.now();
const body = JSON.stringify({
  model: 'bench-1',
  max_tokens: 9,
  stream: true,
  messages: [{ role: 'user', content: 'bench run 1' }],
});
const headers = { ...ANTHROPIC.headers, 'content-type': 'application/json' };
const sealing = createSealingKeys({ now: wallClock });
const sockets = new KeySockets();
const agents = createKeyAgents(sockets, createConnector({ reachOf: () => 'private' }));
const plainAgent = new Agent({ allowH2: false });

async function throughTransport(upstream: Upstream): Promise<void> {
  const request = { method: 'POST', path: ANTHROPIC.path, headers: ANTHROPIC.headers, body } as const;
  const parts = {
    limits: DEFAULT_LIMITS,
    clock: systemClock,
    runEndsAt: now() + 60_000,
    onText: () => undefined,
    onStream: () => undefined,
  };
  const { kind } = await streamCall(upstream, request, { ...parts, signal: new AbortController().signal });
  if (kind !== 'answer') throw new Error(`a call ended with ${kind}`);
}

async function oneRun(way: Way, origin: string, text: string): Promise<void> {
  const key = new ProviderKey(Buffer.from(way === 'bytes' ? text : ''));
  const opened = way === 'bytes' ? openUpstream(key, ANTHROPIC, origin, { agents, sockets, now }) : undefined;
  const upstream = opened?.upstream ?? {
    vendor: ANTHROPIC,
    origin,
    dispatcher: plainAgent,
    authorization: text,
  };
  for (let call = 0; call < CALLS_A_RUN; call++) {
    if (way === 'fetch')
      await (
        await fetch(origin + ANTHROPIC.path, {
          method: 'POST',
          headers: { ...headers, 'x-api-key': text },
          body,
        })
      ).text();
    else await throughTransport(upstream);
  }
  key.wipe();
  opened?.close();
}

const ops = {
  /** Microseconds for each sealing, as the page does it, and each opening. */
  async seals(count: number): Promise<{ sealUs: number[]; openUs: number[] }> {
    // as: sealing reads these two fields alone
    const config = { providers: [], sealing: await sealing.current() } as unknown as ServerConfig;
    const sealUs: number[] = [];
    const openUs: number[] = [];
    for (let i = 0; i < count; i++) {
      const runId = `bench-run-of-22-letters-${i}`;
      const from = now();
      const turned = await turnKey(() => makeCanary().key, {
        config,
        provider: 'anthropic',
        runId,
        body,
        serverNow: wallClock(),
      });
      if (!turned.ok) throw new Error(turned.failure.message);
      const sealed = now();
      const context = {
        provider: 'anthropic',
        site: '',
        runId,
        bodyDigest: await bodyDigest(Buffer.from(body)),
      };
      const received = await receiveKey(turned.header, ANTHROPIC, context, {
        sealing,
        requireSealed: true,
        wallClock,
      });
      if (!received.ok) throw new Error(received.failure.message);
      received.key.wipe();
      sealUs.push((sealed - from) * 1000);
      openUs.push((now() - sealed) * 1000);
    }
    return { sealUs, openUs };
  },
  /** Runs of four calls, one after another: processor time of a run, and the time it took. */
  async runs(given: {
    way: Way;
    origin: string;
    runs: number;
  }): Promise<{ cpuUs: number; tookUs: number[] }> {
    const tookUs: number[] = [];
    const before = process.cpuUsage();
    for (let run = 0; run < given.runs; run++) {
      const from = now();
      await oneRun(given.way, given.origin, makeCanary().key);
      tookUs.push((now() - from) * 1000);
    }
    const { user, system } = process.cpuUsage(before);
    return { cpuUs: (user + system) / given.runs, tookUs };
  },
};
export type KeyPathOps = typeof ops;
serveOps(ops);
