import { expect, onTestFinished, test } from 'vitest';
import type { FailureCode } from '../../shared/contract/failure.ts';
import { timesOf } from '../full.ts';
import { readAll } from '../leak/byo-client.ts';
import { hostileServer } from '../server/providers/hostile-server.ts';
import { until } from '../until.ts';
import { type CrowdedServer, crowdedServer } from './crowded-server.ts';
import { HOSTILE_ANSWERS } from './hostile-answers.ts';

const NAMES = Object.keys(HOSTILE_ANSWERS);
const ROUNDS = timesOf(1, 10);
const AT_ONCE = 10;
const LIMITS = { firstByteMs: 1500, idleMs: 1500 };
/** 16 MB of an answer are read at the most; the rest is what the kernel holds of a loopback connection at both ends. */
const MOST_BYTES = 30_000_000;
const PROVIDERS_FAULT: readonly string[] = [
  'provider_failed',
  'provider_overloaded',
  'provider_timeout',
  'key_rejected',
  'rate_limited',
] satisfies FailureCode[];

test.runIf(process.platform === 'linux')(
  'providers that do anything but answer, ten at a time, end their own run each and nothing else',
  { timeout: 1_800_000 },
  async () => {
    const taken = new Map<string, number>();
    const provider = await hostileServer((socket, request, count) => {
      const name = NAMES[Number(/^POST \/(\d+)\//.exec(request.line)?.[1])] ?? '';
      socket.once('close', () => taken.set(name, Math.max(taken.get(name) ?? 0, socket.bytesWritten)));
      HOSTILE_ANSWERS[name]?.(socket, request, count);
    });
    onTestFinished(() => provider.stop());
    const crowd = await crowdedServer(
      NAMES.map((_, i) => ({
        id: `p${i}`,
        format: 'openai',
        baseUrl: `${provider.origin}/${i}/v1`,
        ...LIMITS,
      })),
      { RUN_LIMIT_MS: '5000' },
    );
    onTestFinished(crowd.stop);

    const ends: { name: string; end: string }[] = [];
    const wanted = Array.from({ length: ROUNDS }, () => NAMES).flat();
    let next = 0;
    const askOneByOne = async (): Promise<void> => {
      while (next < wanted.length) {
        const name = wanted[next++] ?? '';
        ends.push({ name, end: await endOf(crowd, `p${NAMES.indexOf(name)}`) });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, askOneByOne));

    expect(ends.filter(({ end }) => !PROVIDERS_FAULT.includes(end))).toEqual([]);
    await until(() => expect(crowd.connections()).toBe(0));
    await until(() => expect(provider.open).toBe(0));
    // each gave its own answer, and the redirect was not followed to where there is none
    expect([...taken.keys()].toSorted()).toEqual(NAMES.toSorted());
    expect([...taken].filter(([, bytes]) => bytes > MOST_BYTES)).toEqual([]);
    expect(await crowd.metric('oneturn_active_streams')).toBe(0);
    expect(crowd.peakMb()).toBeLessThan(400);
    expect(crowd.server.printed()).not.toMatch(/"level":"(?:error|fatal)"/);
  },
);

/** The code of a run's failure; else what came. */
async function endOf(crowd: CrowdedServer, provider: string): Promise<string> {
  const text = await readAll(await (await crowd.send(provider)).response);
  return /"error":\{"code":"(\w+)"/.exec(text)?.[1] ?? text;
}
