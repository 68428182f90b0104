import type { Browser } from 'playwright-core';
import { PARALLEL_DRAFTS } from '../../../shared/compose/compose-options.ts';
import { buildProduct } from '../../build.ts';
import { launch } from '../../e2e/browser.ts';
import { askLab, ended, newKey, type OpenedPage, openCompose, PHONE, plan } from '../../e2e/page.ts';
import { startBuilt } from '../built-server.ts';
import { aimBelow, type BenchOptions, type Cell, type PartResult } from '../report.ts';
import { median } from '../stats.ts';
import { longestTasks, type Tasks } from '../trace.ts';
import { startSource } from '../world.ts';
import { SLOW_CPU, sentForFirstPage, slowDown, whiteMs } from './page-load.ts';
import { type Seen, seenOf, watchRun } from './page-run.ts';

const MAX_SENT_KB = 110;
const MAX_WHITE_MS = 1500;
const MAX_TASK_MS = 50;
const MAX_SHIFT = 0.05;
const MAX_FRAME_MS = 100;
const EVENTS_PER_SECOND = 200;
const ITEMS = 6;
const DRAFTS_AT_ONCE = Math.min(ITEMS, PARALLEL_DRAFTS);

interface Round {
  readonly tasks: Tasks;
  readonly seen: Seen;
}

/** (e) What the page weighs, how long it is white, how long its main thread is held up while six drafts stream, and what moves. */
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
  const everyMs = (1000 / EVENTS_PER_SECOND) * DRAFTS_AT_ONCE;
  await source.ask('script', { items: ITEMS, events: quick ? 50 : 100, everyMs, together: 1 });

  const sent = await sentForFirstPage(browser, server.url);
  const rounds = quick ? 1 : 3;
  const white: number[] = [];
  const idle: Tasks[] = [];
  const streaming: Round[] = [];
  const slow: Round[] = [];
  for (let round = 0; round < rounds; round++) {
    white.push(await whiteMs(browser, server.url));
    const opened = await openCompose(browser, server.url);
    idle.push(await longestTasks(browser, opened.page, () => opened.page.waitForTimeout(1000)));
    streaming.push(await runToEnd(browser, opened));
    await opened.page.context().close();
    const phone = await openCompose(browser, server.url, PHONE);
    await slowDown(phone.page, SLOW_CPU);
    slow.push(await runToEnd(browser, phone));
    await phone.page.context().close();
  }
  await browser.close();
  await Promise.all([source.stop(), server.stop()]);
  return resultOf({ sent, white: median(white), idle, streaming, slow });
}

async function runToEnd(browser: Browser, opened: OpenedPage): Promise<Round> {
  await askLab(opened, newKey());
  await watchRun(opened.page);
  const tasks = await longestTasks(browser, opened.page, async () => {
    await plan(opened).click();
    await ended(opened, 'done');
  });
  return { tasks, seen: await seenOf(opened.page) };
}

function resultOf(measured: {
  readonly sent: { readonly total: number; readonly script: number };
  readonly white: number;
  readonly idle: readonly Tasks[];
  readonly streaming: readonly Round[];
  readonly slow: readonly Round[];
}): PartResult {
  const { sent, white, idle, streaming, slow } = measured;
  const tasksOf = (rounds: readonly Round[]): readonly Tasks[] => rounds.map(({ tasks }) => tasks);
  const worstSeen = (rounds: readonly Round[], of: keyof Seen): number =>
    Math.max(...rounds.map(({ seen }) => seen[of] ?? Number.NaN));
  const longest = (rounds: readonly Round[]): number =>
    worst(tasksOf(rounds), ({ longestCpuMs }) => longestCpuMs);
  return {
    tables: [
      {
        title: 'first load of /compose, as sent',
        columns: ['', 'kB'],
        rows: [
          ['everything, with heads', sent.total],
          ['JavaScript of it', sent.script],
        ],
      },
      {
        title: `main thread of the page, six drafts at ${EVENTS_PER_SECOND} events a second, from the click to the result`,
        columns: [
          '',
          'longest task ms',
          'its CPU ms',
          'a layout, CPU ms',
          'p99 ms',
          `over ${MAX_TASK_MS} ms`,
          'busy %',
        ],
        rows: [
          row('idle page', idle),
          row('streaming', tasksOf(streaming)),
          row(`streaming, phone, ${SLOW_CPU}x CPU`, tasksOf(slow)),
        ],
      },
      {
        title: 'what is seen of that run, the worst round',
        columns: ['', 'layout shift', 'frame after ms', 'first text after ms'],
        rows: [seenRow('wide', streaming), seenRow(`phone, ${SLOW_CPU}x CPU`, slow)],
      },
    ],
    aims: [
      aimBelow('first load of the page, as sent', sent.total, MAX_SENT_KB, 'kB'),
      aimBelow(`white page, slow 4G, ${SLOW_CPU}x CPU`, white, MAX_WHITE_MS, 'ms'),
      aimBelow('longest task while six drafts stream, its CPU', longest(streaming), MAX_TASK_MS, 'ms'),
      aimBelow(`longest task, ${SLOW_CPU}x CPU, its CPU`, longest(slow), MAX_TASK_MS, 'ms'),
      aimBelow('layout shift of a run, phone', worstSeen(slow, 'shift'), MAX_SHIFT, ''),
      aimBelow('first visible progress after the click', worstSeen(streaming, 'frameMs'), MAX_FRAME_MS, 'ms'),
    ],
    notes: [
      'Longest task: by the clock, so that a busy machine shows in it; beside it the processor time of the longest by that measure, which the aims are about.',
      `A layout: the longest single one, in which the page draws what the run has just brought. It cannot be cut in two, and is the floor of the longest task.`,
      'White: the median of the rounds, until the first contentful paint.',
    ],
  };

  function seenRow(name: string, rounds: readonly Round[]): Cell[] {
    return [name, worstSeen(rounds, 'shift'), worstSeen(rounds, 'frameMs'), worstSeen(rounds, 'textMs')];
  }
}

function row(name: string, tasks: readonly Tasks[]): Cell[] {
  return [
    name,
    worst(tasks, ({ longestMs }) => longestMs),
    worst(tasks, ({ longestCpuMs }) => longestCpuMs),
    worst(tasks, ({ layoutCpuMs }) => layoutCpuMs),
    worst(tasks, ({ p99Ms }) => p99Ms),
    String(worst(tasks, ({ over50 }) => over50)),
    worst(tasks, ({ busyShare }) => busyShare * 100),
  ];
}

function worst(tasks: readonly Tasks[], of: (one: Tasks) => number): number {
  return Math.max(...tasks.map(of));
}
