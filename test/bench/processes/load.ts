import { makeCanary } from '../../leak/canary.ts';
import { quantile } from '../stats.ts';
import { type ClientStream, openStream, type StreamEnd, type Tally } from './client-stream.ts';
import { sharedUs } from './clock.ts';
import { serveOps } from './rpc.ts';
import { type Prepared, prepare, type Target } from './target.ts';

interface Live {
  readonly number: number;
  readonly run: string;
  readonly stream: ClientStream;
}

export interface Sample {
  readonly events: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly wallUs: number;
}

export interface Sequence extends Sample {
  readonly firstUs: readonly number[];
  readonly tookUs: readonly number[];
  /** Answers that did not end as they should. */
  readonly broken: number;
}

const tally: Tally = { latenciesUs: [] };
let since = sharedUs();
let live: Live[] = [];
let count = 0;

function sample(): Sample {
  const latenciesUs = tally.latenciesUs.splice(0);
  const now = sharedUs();
  const taken = {
    events: latenciesUs.length,
    p50Us: quantile(latenciesUs, 0.5),
    p99Us: quantile(latenciesUs, 0.99),
    wallUs: now - since,
  };
  since = now;
  return taken;
}

/** As many workers as asked for, each taking the next job. */
async function inParallel<T>(
  workers: number,
  jobs: readonly T[],
  work: (job: T) => Promise<void>,
): Promise<void> {
  const queue = jobs[Symbol.iterator]();
  const one = async (): Promise<void> => {
    for (const job of queue) await work(job);
  };
  await Promise.all(Array.from({ length: workers }, one));
}

async function prepareAll(
  target: Target,
  keys: readonly string[],
): Promise<{ number: number; prepared: Prepared }[]> {
  return Promise.all(
    keys.map(async (key) => ({ number: ++count, prepared: await prepare(target, count, key) })),
  );
}

function sameKey(target: Target, times: number): string[] {
  return Array<string>(times).fill(makeCanary(target.keyPrefix).key);
}

const ops = {
  /** Whole answers, so many at once. `keys`: one each; else a number of requests with the same key. */
  async sequence(given: {
    target: Target;
    requests: number | readonly string[];
    atOnce: number;
  }): Promise<Sequence> {
    const { target, requests, atOnce } = given;
    const jobs = await prepareAll(
      target,
      typeof requests === 'number' ? sameKey(target, requests) : requests,
    );
    const ends: StreamEnd[] = [];
    sample();
    await inParallel(
      atOnce,
      jobs,
      async ({ prepared }) => void ends.push(await openStream(target, prepared, tally).ended),
    );
    return {
      ...sample(),
      firstUs: ends.map(({ firstUs }) => firstUs),
      tookUs: ends.map(({ tookUs }) => tookUs),
      broken: ends.filter(({ whole }) => !whole).length,
    };
  },
  /** Opens streams that stay, and waits until each of them flows; or does not wait, for those that never will. */
  async open(given: { target: Target; streams: number; held?: boolean }): Promise<void> {
    const { target, streams, held = false } = given;
    const jobs = await prepareAll(target, sameKey(target, streams));
    await inParallel(25, jobs, async ({ number, prepared }) => {
      const stream = openStream(target, prepared, tally);
      live.push({ number, run: prepared.run, stream });
      if (!held) await stream.flowing;
    });
    sample();
  },
  sample,
  /** Leaves that many of the open streams, one every so many ms, or all at one moment; when that was, by their numbers. */
  async leave(given: {
    streams: number;
    everyMs: number;
  }): Promise<{ number: number; run: string; atUs: number }[]> {
    const leaving = live.slice(0, given.streams);
    live = live.slice(given.streams);
    const left: { number: number; run: string; atUs: number }[] = [];
    for (const { number, run, stream } of leaving) {
      if (given.everyMs > 0)
        await new Promise((resolve) => setTimeout(resolve, given.everyMs * 2 * Math.random()));
      left.push({ number, run, atUs: sharedUs() });
      stream.leave();
    }
    await Promise.all(leaving.map(({ stream }) => stream.ended));
    return left;
  },
  /** Requests that are given up on: while half of the body is sent, or once the answer flows. */
  async giveUp(given: {
    target: Target;
    keys: readonly string[];
    when: 'half a body' | 'flowing';
    atOnce: number;
  }): Promise<void> {
    const jobs = await prepareAll(given.target, given.keys);
    await inParallel(given.atOnce, jobs, async ({ prepared }) => {
      const half = given.when === 'half a body' ? prepared.body.length >> 1 : undefined;
      const stream = openStream(given.target, prepared, tally, half);
      if (half === undefined) await stream.flowing;
      else await new Promise((resolve) => setTimeout(resolve, 5));
      stream.leave();
      await stream.ended;
    });
  },
};
export type LoadOps = typeof ops;
serveOps(ops);
