import {
  type Aim,
  aimBelow,
  type BenchOptions,
  type Cell,
  figure,
  type PartResult,
  ratio,
} from '../report.ts';
import { inTurn } from '../rounds.ts';
import { median, medianRatio } from '../stats.ts';
import { memoryMb } from '../usage.ts';
import { DIRECT, HONO, ONETURN, startVariants, type Variant } from '../variants.ts';
import { measureWindow, type Window, windowMs } from '../window.ts';
import { startLoad, startSource } from '../world.ts';

const LEVELS = [1, 50, 500] as const;
const MOST = 500;
/** Ten events a second in each run, so that 500 runs are 5,000. */
const SCRIPT = { items: 1, events: 2000, everyMs: 100, together: 1 };

interface Seen extends Window {
  readonly memoryMb: number;
}

/** (c) 1, 50 and 500 paced runs at once, each level higher in the same processes, which are new. */
export async function concurrency({ quick }: BenchOptions): Promise<PartResult> {
  const [source, load] = await Promise.all([startSource(), startLoad()]);
  const rounds = quick ? 1 : 2;
  const seen = new Map<string, Seen[]>();
  const idle = new Map<string, number>();
  const peaks = new Map<string, number>();
  const at = (name: string, level: number): Seen[] => {
    const key = `${name} ${level}`;
    const list = seen.get(key) ?? [];
    seen.set(key, list);
    return list;
  };
  let variants: readonly Variant[] = [];
  for (let round = 0; round < rounds; round++) {
    variants = await startVariants(source, [DIRECT, HONO, ONETURN]);
    for (const { name, pid } of variants)
      if (pid !== undefined && round === 0) idle.set(name, memoryMb(pid).now);
    for (const level of LEVELS) {
      const measure = (variant: Variant) => async () => {
        let resident = Number.NaN;
        const during = (): void => {
          if (variant.pid !== undefined) resident = memoryMb(variant.pid).now;
        };
        const window = await measureWindow({ source, load }, variant, {
          script: SCRIPT,
          streams: level,
          ...windowMs(round, quick),
          during,
        });
        at(variant.name, level).push({ ...window, memoryMb: resident });
      };
      await inTurn(round, variants.map(measure));
    }
    for (const { name, pid } of variants)
      if (pid !== undefined) peaks.set(name, Math.max(peaks.get(name) ?? 0, memoryMb(pid).peak));
    await Promise.all(variants.map(({ stop }) => stop()));
  }
  await Promise.all([source.stop(), load.stop()]);

  const of = (name: string, level: number, value: (seen: Seen) => number): number =>
    median(at(name, level).map(value));
  const memory = (name: string, level: number): number => of(name, level, ({ memoryMb: mb }) => mb);
  const aRun = (name: string): number => ((memory(name, MOST) - memory(name, 1)) / (MOST - 1)) * 1024;
  const cpu = (name: string, level: number): number[] =>
    at(name, level).map(({ cpuUsPerEvent }) => cpuUsPerEvent);
  const rows = LEVELS.flatMap((level) =>
    variants.map(({ name }): Cell[] => [
      `${level} · ${name}`,
      of(name, level, ({ eventsPerSecond }) => eventsPerSecond),
      of(name, level, ({ p50Us }) => p50Us / 1000),
      of(name, level, ({ p99Us }) => p99Us / 1000),
      of(name, level, ({ cpuUsPerEvent }) => cpuUsPerEvent),
      name === DIRECT ? '' : ratio(medianRatio(cpu(name, level), cpu(HONO, level))),
      memory(name, level),
    ]),
  );
  const inMemory = [HONO, ONETURN].map((name): Cell[] => [
    name,
    idle.get(name) ?? Number.NaN,
    memory(name, MOST),
    peaks.get(name) ?? Number.NaN,
    aRun(name),
  ]);
  return {
    tables: [
      {
        title: 'paced streams at once',
        columns: ['', 'events/s', 'event late ms', 'p99 ms', 'CPU us/event', 'to Hono', 'RSS MB'],
        rows,
      },
      {
        title: 'memory',
        columns: ['', 'started MB', `at ${MOST} MB`, 'peak MB', 'a run KB'],
        rows: inMemory,
      },
    ],
    aims: [
      linear(
        of(ONETURN, MOST, ({ eventsPerSecond }) => eventsPerSecond),
        of(ONETURN, 1, ({ eventsPerSecond }) => eventsPerSecond),
      ),
      aimBelow(`peak memory of the process at ${MOST} runs`, peaks.get(ONETURN) ?? Number.NaN, 120, 'MB'),
    ],
    notes: [
      'Memory is the resident set of the whole process, code and idle heap included, with nothing collected on purpose.',
    ],
  };
}

function linear(most: number, one: number): Aim {
  const share = most / one / MOST;
  return {
    what: `events per second, ${MOST} runs against one`,
    aim: `>= 0.95 of ${MOST} x`,
    measured: `${figure(share)} of ${MOST} x`,
    met: share >= 0.95,
  };
}
