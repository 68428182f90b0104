import type { Browser, Page } from 'playwright-core';
import * as z from 'zod/mini';
import { quantile } from './stats.ts';

/** What a page's main thread did, task by task, as the browser itself recorded it. */
export interface Tasks {
  readonly longestMs: number;
  /** The longest by processor time, which a busy machine does not stretch. */
  readonly longestCpuMs: number;
  /** The longest layout, by processor time: the browser lays out what appears in one piece, whatever the script does. */
  readonly layoutCpuMs: number;
  readonly p99Ms: number;
  readonly over50: number;
  readonly busyShare: number;
}

const trace = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      ph: z.string(),
      pid: z.number(),
      tid: z.number(),
      ts: z.optional(z.number()),
      dur: z.optional(z.number()),
      tdur: z.optional(z.number()),
      args: z.optional(z.looseObject({ name: z.optional(z.unknown()) })),
    }),
  ),
});

/** Records while `work` runs. */
export async function longestTasks(browser: Browser, page: Page, work: () => Promise<void>): Promise<Tasks> {
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  const from = performance.now();
  await work();
  const tookMs = performance.now() - from;
  const { traceEvents } = trace.parse(JSON.parse((await browser.stopTracing()).toString()));
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const named = (wanted: string) =>
    traceEvents.filter(
      ({ name, ph, pid, tid }) => name === wanted && ph === 'X' && mains.has(`${pid}/${tid}`),
    );
  const tasks = named('RunTask');
  if (tasks.length === 0)
    throw new Error(
      'the browser recorded no task of the page: its trace has other names than this looks for',
    );
  const durations = tasks.map(({ dur = 0 }) => dur / 1000);
  return {
    longestMs: Math.max(...durations),
    longestCpuMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur / 1000)),
    layoutCpuMs: Math.max(0, ...named('Layout').map(({ tdur = 0 }) => tdur / 1000)),
    p99Ms: quantile(durations, 0.99),
    over50: durations.filter((ms) => ms > 50).length,
    busyShare: durations.reduce((sum, ms) => sum + ms, 0) / tookMs,
  };
}
