import { Agent } from 'undici';
import { DEFAULT_LIMITS } from '../../../server/providers/call-limits.ts';
import type { CallRecord } from '../../../server/providers/calls/call-answer.ts';
import { type AskOptions, createAsk } from '../../../server/providers/calls/create-ask.ts';
import type { ModelCall } from '../../../shared/compose/ask.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';
import { CALL } from './call.ts';
import { type HostileServer, hostileServer } from './hostile-server.ts';

export const PLAN: ModelCall = {
  ...CALL,
  id: 'draft-i1-1',
  phase: 'drafting',
  item: 'i1',
  system: 'x'.repeat(400),
  user: 'y'.repeat(400),
};

export let server: HostileServer;

export let agent: Agent;

export interface Run {
  readonly ask: ReturnType<typeof createAsk>;
  readonly records: CallRecord[];
  readonly heads: boolean[];
  readonly waits: number[];
  /** What the clock was asked to wait for, ms. */
  readonly slept: number[];
}

/** An ask whose waits pass at once, or with `slow` never. */
export async function run(
  answer: Parameters<typeof hostileServer>[0],
  { slow = false, ...more }: Partial<AskOptions> & { readonly slow?: boolean } = {},
): Promise<Run> {
  server = await hostileServer(answer);
  agent = new Agent();
  const records: CallRecord[] = [];
  const heads: boolean[] = [];
  const slept: number[] = [];
  const ask = createAsk({
    upstream: { vendor: OPENAI, origin: server.origin, dispatcher: agent, authorization: undefined },
    model: 'gpt-6-sol',
    limits: { ...DEFAULT_LIMITS, runMs: 60_000 },
    now: () => performance.now(),
    startedAt: performance.now() - 100,
    price: ({ inputTokens, outputTokens }) => inputTokens * 2 + outputTokens * 3,
    sleep: (ms, callback) => {
      slept.push(ms);
      const timer = slow ? undefined : setImmediate(callback);
      return () => clearImmediate(timer);
    },
    onHead: (ok) => void heads.push(ok),
    onCall: (record) => void records.push(record),
    ...more,
  });
  return { ask, records, heads, slept, waits: [] };
}

export const watch = (one: Run, text: (delta: string) => void = () => undefined) => ({
  text,
  waiting: (seconds: number) => void one.waits.push(seconds),
});

export const live = () => new AbortController().signal;
