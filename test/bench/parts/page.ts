import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { buildProduct } from '../../build.ts';
import { launch } from '../../e2e/browser.ts';
import { askLab, ended, newKey, type OpenedPage, openCompose, plan } from '../../e2e/page.ts';
import { startBuilt } from '../built-server.ts';
import { aimBelow, type BenchOptions, type Cell, type PartResult } from '../report.ts';
import { longestTasks, type Tasks } from '../trace.ts';
import { startSource } from '../world.ts';

const MAX_JS_KB = 110;
const MAX_TASK_MS = 50;
const EVENTS_PER_SECOND = 200;
/** The engine writes four drafts at a time. */
const LANES = 4;

/** (e) What the page weighs, and how long its main thread is held up while six drafts stream. */
export async function page({ quick }: BenchOptions): Promise<PartResult> {
  const folder = await buildProduct();
  let browser: Browser;
  try {
    browser = await launch();
  } catch (error) {
    return {
      tables: [],
      aims: [],
      notes: [error instanceof Error ? error.message : 'There is no browser here: left out.'],
    };
  }
  const source = await startSource();
  const server = await startBuilt(folder, source.origin);
  const everyMs = (1000 / EVENTS_PER_SECOND) * LANES;
  await source.ask('script', { items: 6, events: quick ? 50 : 100, everyMs, together: 1 });

  const weight = await initialWeight(browser, server.url);
  const idle: Tasks[] = [];
  const streaming: Tasks[] = [];
  for (let round = 0; round < (quick ? 1 : 2); round++) {
    const opened = await openCompose(browser, server.url);
    idle.push(await longestTasks(browser, opened.page, () => opened.page.waitForTimeout(1000)));
    streaming.push(await longestTasks(browser, opened.page, () => runToEnd(opened)));
    await opened.page.context().close();
  }
  await browser.close();
  await Promise.all([source.stop(), server.stop()]);

  const worst = (tasks: readonly Tasks[], of: (one: Tasks) => number): number => Math.max(...tasks.map(of));
  const row = (name: string, tasks: readonly Tasks[]): Cell[] => [
    name,
    worst(tasks, ({ longestMs }) => longestMs),
    worst(tasks, ({ longestCpuMs }) => longestCpuMs),
    worst(tasks, ({ p99Ms }) => p99Ms),
    String(worst(tasks, ({ over50 }) => over50)),
    worst(tasks, ({ busyShare }) => busyShare * 100),
  ];
  const longest = worst(streaming, ({ longestMs }) => longestMs);
  return {
    tables: [
      {
        title: 'first load of /compose, gzip',
        columns: ['', 'kB'],
        rows: [
          ['JavaScript', weight.js],
          ['CSS', weight.css],
        ],
      },
      {
        title: `main thread of the page, six drafts at ${EVENTS_PER_SECOND} events a second, from the click to the result`,
        columns: ['', 'longest task ms', 'its CPU ms', 'p99 ms', `over ${MAX_TASK_MS} ms`, 'busy %'],
        rows: [row('idle page', idle), row('streaming', streaming)],
      },
    ],
    aims: [
      aimBelow('initial JavaScript, gzip', weight.js, MAX_JS_KB, 'kB'),
      aimBelow('longest task while six drafts stream', longest, MAX_TASK_MS, 'ms'),
    ],
    notes: [
      'Longest task: by the clock, so that a busy machine shows in it; beside it the processor time of the longest by that measure.',
    ],
  };
}

async function runToEnd(opened: OpenedPage): Promise<void> {
  await askLab(opened, newKey());
  await plan(opened).click();
  await ended(opened, 'done');
}

async function initialWeight(browser: Browser, url: string): Promise<{ js: number; css: number }> {
  const sizes = { js: 0, css: 0 };
  const reading: Promise<void>[] = [];
  const context = await browser.newContext();
  const tab = await context.newPage();
  tab.on('response', (response) => {
    const kind = /\.(js|css)$/.exec(new URL(response.url()).pathname)?.[1];
    if (kind !== 'js' && kind !== 'css') return;
    reading.push(
      response.body().then((body) => {
        sizes[kind] += gzipSync(body, { level: 9 }).length / 1000;
      }),
    );
  });
  await tab.goto(`${url}/compose`, { waitUntil: 'networkidle' });
  await tab.getByLabel('Provider', { exact: true }).waitFor();
  await Promise.all(reading);
  await context.close();
  return sizes;
}
