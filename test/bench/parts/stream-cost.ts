import { PARALLEL_DRAFTS } from '../../../shared/compose/compose-options.ts';
import {
  aimBelow,
  type BenchOptions,
  type Cell,
  figure,
  type PartResult,
  ratio,
  type Table,
} from '../report.ts';
import { inTurn } from '../rounds.ts';
import { median, medianDifference, medianRatio, quantile } from '../stats.ts';
import { cpuUs } from '../usage.ts';
import { DIRECT, HONO, NGINX, NO_NGINX, ONETURN, RELAY, startVariants, type Variant } from '../variants.ts';
import { measureWindow, type Window, windowMs } from '../window.ts';
import { type Load, type Source, startLoad, startSource } from '../world.ts';

interface Rig {
  readonly source: Source;
  readonly load: Load;
  readonly variants: readonly Variant[];
  readonly rounds: number;
  readonly quick: boolean;
}

const SHORT = { items: 1, events: 5, everyMs: 0, together: 1 };
/** As a fast model writes: some fifty events a second in each draft, all six drafts of a run at once. */
const PACED = { items: 6, events: 2000, everyMs: 20, together: 1 };
/** As fast as it is taken, several events in one write, which is how a proxy before a model often sends them. */
const FAST = { items: 6, events: 1000, everyMs: 0, together: 8 };

/** (b) What stands between the source and the client adds, to the first event and to each. */
export async function streamCost({ quick }: BenchOptions): Promise<PartResult> {
  const [source, load] = await Promise.all([startSource(), startLoad()]);
  const variants = await startVariants(source, [DIRECT, NGINX, RELAY, HONO, ONETURN]);
  const rig = { source, load, variants, rounds: quick ? 2 : 4, quick };
  const first = await firstEvent(rig);
  const paced = await windows(rig);
  const whole = await wholeRuns(rig);
  await Promise.all([source.stop(), load.stop(), ...rig.variants.map(({ stop }) => stop())]);
  return {
    tables: [first.table, paced.table, whole.table],
    aims: [
      aimBelow('first event, added to direct (median)', first.addedMs, 1, 'ms'),
      aimBelow('CPU per event, paced, against Hono + fetch', paced.toHono, 0.5, 'x'),
      aimBelow('CPU per event, whole runs without a pause, against Hono + fetch', whole.toHono, 0.5, 'x'),
    ],
    notes: [
      ...NO_NGINX,
      'raw relay: bytes passed on unread by node:http, the limit for a Node process. Hono + fetch parses and passes one stream on; a run of',
      'Oneturn also plans, writes the skills, checks them and signs a receipt.',
    ],
  };
}

type Collected = Map<string, number[]>;

const collect = (variants: readonly Variant[]): Collected => new Map(variants.map(({ name }) => [name, []]));
const of = (collected: Collected, name: string): readonly number[] => collected.get(name) ?? [];

async function firstEvent({
  source,
  load,
  variants,
  rounds,
}: Rig): Promise<{ table: Table; addedMs: number }> {
  const medians = collect(variants);
  const all = collect(variants);
  await source.ask('script', SHORT);
  for (let round = -1; round < rounds; round++) {
    const measure = (variant: Variant) => async () => {
      const { firstUs, broken } = await load.ask('sequence', {
        target: variant.target,
        requests: 20,
        atOnce: 1,
      });
      if (broken > 0) throw new Error(`${variant.name}: ${broken} answers were not whole`);
      // The round before the first is for the compilers.
      if (round < 0) return;
      medians.get(variant.name)?.push(median(firstUs) / 1000);
      all.get(variant.name)?.push(...firstUs.map((us) => us / 1000));
    };
    await inTurn(round, variants.map(measure));
  }
  const added = (name: string): number => medianDifference(of(medians, name), of(medians, DIRECT));
  return {
    table: {
      title: 'first event, one request after another on kept connections',
      columns: ['', 'median ms', 'p99 ms', 'added ms'],
      rows: variants.map(({ name }) => [
        name,
        median(of(all, name)),
        quantile(of(all, name), 0.99),
        name === DIRECT ? '' : figure(added(name)),
      ]),
    },
    addedMs: added(ONETURN),
  };
}

const RUNS = 8;
const DRAFTS_AT_ONCE = Math.min(PACED.items, PARALLEL_DRAFTS);

async function windows(rig: Rig): Promise<{ table: Table; toHono: number }> {
  const { variants, rounds } = rig;
  const seen = new Map<string, Window[]>(variants.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    const measure = (variant: Variant) => async () => {
      const streams = variant.name === ONETURN ? RUNS : RUNS * DRAFTS_AT_ONCE;
      const window = await measureWindow(rig, variant, {
        script: PACED,
        streams,
        ...windowMs(round, rig.quick),
      });
      if (round >= 0) seen.get(variant.name)?.push(window);
    };
    await inTurn(round, variants.map(measure));
  }
  const each = (name: string, value: (window: Window) => number): number[] =>
    (seen.get(name) ?? []).map(value);
  const cpu = (name: string): number[] => each(name, ({ cpuUsPerEvent }) => cpuUsPerEvent);
  const row = (name: string): Cell[] => [
    name,
    median(each(name, ({ p50Us }) => p50Us / 1000)),
    median(each(name, ({ p99Us }) => p99Us / 1000)),
    median(cpu(name)),
    ratio(medianRatio(cpu(name), cpu(HONO))),
  ];
  return {
    table: {
      title: `composes under way: ${RUNS} runs, ${RUNS * DRAFTS_AT_ONCE} streams of 50 events a second`,
      columns: ['', 'event late ms', 'p99 ms', 'CPU us/event', 'to Hono'],
      rows: variants.map(({ name }) => row(name)),
    },
    toHono: medianRatio(cpu(ONETURN), cpu(HONO)),
  };
}

/** All of a run counts here: sealing is opened, four phases, fourteen calls, analysis, receipt. The peer passes the six drafts on and no more. */
async function wholeRuns({ source, load, variants, rounds }: Rig): Promise<{ table: Table; toHono: number }> {
  const cpu = collect(variants);
  const speed = collect(variants);
  await source.ask('script', FAST);
  for (let round = -1; round < rounds; round++) {
    const measure = (variant: Variant) => async () => {
      const runs =
        variant.name === ONETURN ? { requests: 8, atOnce: 4 } : { requests: 8 * FAST.items, atOnce: 16 };
      const before = variant.pid === undefined ? Number.NaN : cpuUs(variant.pid);
      const { events, wallUs, broken } = await load.ask('sequence', { target: variant.target, ...runs });
      if (broken > 0) throw new Error(`${variant.name}: ${broken} answers were not whole`);
      if (round < 0) return;
      cpu
        .get(variant.name)
        ?.push(((variant.pid === undefined ? Number.NaN : cpuUs(variant.pid)) - before) / events);
      speed.get(variant.name)?.push((events / wallUs) * 1e6);
    };
    await inTurn(round, variants.map(measure));
  }
  const row = (name: string): Cell[] => [
    name,
    median(of(speed, name)),
    median(of(cpu, name)),
    ratio(medianRatio(of(cpu, name), of(cpu, HONO))),
  ];
  return {
    table: {
      title: 'whole runs without a pause: six drafts of 1,000 events, eight events in a write',
      columns: ['', 'events/s', 'CPU us/event', 'to Hono'],
      rows: variants.map(({ name }) => row(name)),
    },
    toHono: medianRatio(of(cpu, ONETURN), of(cpu, HONO)),
  };
}
