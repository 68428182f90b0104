import { Agent } from 'undici';
import { afterEach, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import { createAsk } from '../../../server/providers/calls/create-ask.ts';
import { RateLimiter } from '../../../server/providers/rate-limiter.ts';
import { createSandbox, type Sandbox } from '../../../server/sandbox/create-sandbox.ts';
import type { Ask } from '../../../shared/compose/ask.ts';
import { SANDBOX } from '../../../shared/providers/vendors/sandbox.ts';
import { createTestHook } from '../../sandbox/test-hook.ts';
import { runCompose } from '../../shared/compose/run-compose.ts';
import { type HandClock, handClock } from './hand-clock.ts';

const NEEDS = [
  'Collect the tickets',
  'Translate menus',
  'Label parcels',
  'Summarize meetings',
  'Write release notes',
  'Review contracts',
  'Plan delivery routes',
  'Check invoices',
];
const SIX = NEEDS.slice(0, 6);
/** The sandbox itself takes five at the most. */
const classified = (needs: readonly string[]): string =>
  JSON.stringify({
    kind: 'bundle',
    reason: '',
    summary: needs.join(', '),
    capabilities: needs.map((need, index) => ({ id: `c${index + 1}`, need })),
    constraints: [],
    assumptions: [],
  });

let sandbox: Sandbox;
let agent: Agent;
afterEach(async () => {
  await agent.destroy();
  await sandbox.close();
});

type Headers = Readonly<Record<string, string>>;

/** When a limited provider takes a request, and what it says of the others. */
interface Limit {
  readonly takes: () => boolean;
  readonly retry: () => Headers;
}

/** One request per 2 s of the clock. */
function onePerTwoSeconds(clock: HandClock, retry: Headers): Limit {
  let last = Number.NEGATIVE_INFINITY;
  return {
    takes() {
      if (clock.now() - last < 2000) return false;
      last = clock.now();
      return true;
    },
    retry: () => retry,
  };
}

/** So many requests in each minute of the clock, all of which may come at once. */
function perMinute(clock: HandClock, most: number): Limit {
  const minute = (): number => Math.floor(clock.now() / 60_000);
  let counted = minute();
  let taken = 0;
  return {
    takes() {
      if (minute() !== counted) taken = 0;
      counted = minute();
      taken += 1;
      return taken <= most;
    },
    retry: () => ({ 'retry-after': String(Math.ceil(((counted + 1) * 60_000 - clock.now()) / 1000)) }),
  };
}

/** The sandbox behind a limit. */
async function limitedSandbox(limit: Limit, needs = SIX): Promise<{ readonly refused: number }> {
  const { hook, script } = createTestHook({ pace: 'instant' }, async () => undefined);
  script([{ phase: 'classification', text: classified(needs) }]);
  const counts = { refused: 0 };
  sandbox = await createSandbox({
    hook: {
      ...hook,
      open(request, response) {
        if (limit.takes()) return hook.open(request, response);
        counts.refused += 1;
        request.resume();
        response.writeHead(429, { 'content-type': 'application/json', ...limit.retry() });
        response.end('{"error":{"message":"Too many requests","code":"rate_limit_exceeded"}}');
        return undefined;
      },
    },
  });
  agent = new Agent();
  return counts;
}

/** A limiter that tells how many stand in its line. */
class WatchedLimiter extends RateLimiter {
  standing = 0;

  override turn(...parts: Parameters<RateLimiter['turn']>): ReturnType<RateLimiter['turn']> {
    this.standing += 1;
    return super.turn(...parts).finally(() => {
      this.standing -= 1;
    });
  }
}

/** Runs on one credential. Moves the clock whenever all that they can do is wait: `seconds` is what it took by that clock. */
async function play(clock: HandClock, runs: number, needs = SIX) {
  const from = clock.now();
  const limiter = new WatchedLimiter(clock);
  let open = 0;
  let going = true;
  const run = () => {
    const inner = createAsk({
      upstream: {
        vendor: SANDBOX,
        origin: sandbox.origin,
        dispatcher: agent,
        authorization: undefined,
        limiter: () => limiter,
      },
      model: 'sandbox-1',
      limits: DEFAULT_LIMITS,
      now: clock.now,
      startedAt: from,
      price: () => 0,
    });
    const ask: Ask = (...parts) => {
      open += 1;
      return inner(...parts).finally(() => {
        open -= 1;
      });
    };
    return runCompose({ ask }, { input: { goal: needs.join(', ') } });
  };
  const ended = Promise.all(Array.from({ length: runs }, run)).finally(() => {
    going = false;
  });
  while (going) {
    await new Promise<void>((resolve) => void setImmediate(resolve));
    if (open > 0 && limiter.standing === open && clock.waits.length > 0) clock.pass(Math.min(...clock.waits));
  }
  return { collected: await ended, seconds: (clock.now() - from) / 1000 };
}

it.each([
  ['an honest retry-after', { 'retry-after': '2' }],
  ['no word of how long', {}],
])('six skills end in about 30 s at one request per 2 s, with %s', async (_, retry) => {
  const clock = handClock();
  const counts = await limitedSandbox(onePerTwoSeconds(clock, retry as Headers)); // as: one of the table's
  const { collected, seconds } = await play(clock, 1);
  const [run] = collected;
  expect(run?.last).toEqual({ event: 'done', data: { drafts: 6 } });
  const calls = run?.of('call').filter(({ state }) => state === 'done').length ?? 0;
  // As fast as the provider lets them, but for what was tried in vain.
  expect(seconds).toBeLessThan(calls * 2 + 6);
  expect(counts.refused).toBeLessThanOrEqual(4);
  // The page was told of the waits, and of their ends.
  const plan = run?.of('call').filter(({ call }) => call === 'plan');
  expect(plan?.slice(0, 3).map(({ state }) => state)).toEqual(['start', 'waiting', 'start']);
  expect(plan?.at(-1)?.state).toBe('done');
});

it('two runs on one credential share its limit', async () => {
  const clock = handClock();
  const counts = await limitedSandbox(onePerTwoSeconds(clock, { 'retry-after': '2' }));
  const { collected } = await play(clock, 2);
  expect(collected.map(({ last }) => last)).toEqual([
    { event: 'done', data: { drafts: 6 } },
    { event: 'done', data: { drafts: 6 } },
  ]);
  expect(counts.refused).toBeLessThanOrEqual(6);
});

it('eight drafts that are refused at once do not collide a second time', async () => {
  const clock = handClock();
  const refusedAt: number[] = [];
  const { takes, retry } = perMinute(clock, 5);
  // Classification, plan and three of the eight drafts are taken in the first minute.
  const counted = (): Headers => {
    refusedAt.push(clock.now());
    return retry();
  };
  await limitedSandbox({ takes, retry: counted }, NEEDS);
  const { collected } = await play(clock, 1, NEEDS);
  expect(collected[0]?.last).toEqual({ event: 'done', data: { drafts: 8 } });

  const [first] = refusedAt;
  // What was on its way when nobody knew: five drafts and the first critics.
  expect(refusedAt.filter((at) => at === first).length).toBeGreaterThanOrEqual(5);
  const later = refusedAt.filter((at) => at !== first);
  expect(later).toEqual([...new Set(later)]);
});
