import { startOps } from '../children.ts';
import { PORTKEY, startPortkey } from '../peers/portkey.ts';
import { CALLS_A_RUN, type KeyPathOps, type Way } from '../processes/key-path.ts';
import {
  type Aim,
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
import { oneturnTarget } from '../targets.ts';
import { ONETURN, type Variant } from '../variants.ts';
import { measureWindow, windowMs } from '../window.ts';
import { type Load, type Source, startLoad, startServer, startSource } from '../world.ts';
import { residue } from './residue.ts';

/** (f) Sealing and opening, the key as bytes against the key as text, a gateway as peer, and what stays in memory. */
export async function keyCost(options: BenchOptions): Promise<PartResult> {
  const [source, load] = await Promise.all([startSource(), startLoad()]);
  const portkey = await startPortkey(source.origin);
  const rounds = options.quick ? 2 : 5;
  const seals = await sealing(options.quick ? 100 : 300);
  const path = await keyPath(source, rounds);
  const gateway = portkey && (await againstGateway(source, load, portkey, options));
  const left = process.platform === 'linux' ? await residue({ source, load }, portkey, options) : undefined;
  await Promise.all([source.stop(), load.stop(), portkey?.stop()]);
  return {
    tables: [seals, path, ...(gateway ? [gateway.table] : []), ...(left ? [left.table] : [])],
    aims: [
      gateway?.aim ?? {
        what: `CPU per event against ${PORTKEY}`,
        aim: '<= 0.40 x',
        measured: '-',
        met: undefined,
      },
      ...(left?.aims ?? [{ what: 'keys left in memory', aim: '0', measured: '-', met: undefined }]),
    ],
    notes: [
      ...(portkey ? [] : [`${PORTKEY} could not be installed from npm: its rows are left out.`]),
      ...(left?.notes ?? [
        'A process’s memory can be read on Linux only: what stays of a key was not searched.',
      ]),
    ],
  };
}

async function sealing(count: number): Promise<Table> {
  const process = await startOps<KeyPathOps>('key-path');
  await process.ask('seals', 50);
  const { sealUs, openUs } = await process.ask('seals', count);
  await process.stop();
  const row = (name: string, values: readonly number[]): Cell[] => [
    name,
    median(values),
    quantile(values, 0.99),
  ];
  return {
    title: 'HPKE, once a run',
    columns: ['', 'median us', 'p99 us'],
    rows: [row('seal (the page’s work)', sealUs), row('open, check, own', openUs)],
  };
}

const WAYS: Readonly<Record<Way, string>> = {
  fetch: 'global fetch, key as text',
  string: 'our transport, key as text',
  bytes: 'our transport, key as bytes',
};

async function keyPath(source: Source, rounds: number): Promise<Table> {
  const process = await startOps<KeyPathOps>('key-path');
  await source.ask('script', { items: 1, events: 50, everyMs: 0, together: 5 });
  const ways = Object.keys(WAYS) as Way[]; // as: the keys of a record of ways
  const cpu = new Map<Way, number[]>(ways.map((way) => [way, []]));
  const took = new Map<Way, number[]>(ways.map((way) => [way, []]));
  for (let round = -1; round < rounds; round++) {
    const measure = (way: Way) => async () => {
      const { cpuUs, tookUs } = await process.ask('runs', { way, origin: source.origin, runs: 25 });
      if (round < 0) return;
      cpu.get(way)?.push(cpuUs);
      took.get(way)?.push(median(tookUs));
    };
    await inTurn(round, ways.map(measure));
  }
  await process.stop();
  const of = (values: ReadonlyMap<Way, readonly number[]>, way: Way): readonly number[] =>
    values.get(way) ?? [];
  const row = (way: Way): Cell[] => [
    WAYS[way],
    median(of(cpu, way)),
    ratio(medianRatio(of(cpu, way), of(cpu, 'fetch'))),
    median(of(took, way)),
    `${figure(medianDifference(of(took, way), of(took, 'fetch')))}`,
  ];
  return {
    title: `a run’s ${CALLS_A_RUN} calls of 50 events, one after another`,
    columns: ['', 'CPU us/run', 'to fetch', 'took us', 'added us'],
    rows: ways.map(row),
  };
}

/** Both speak the OpenAI format upstream here. The gateway passes one stream on; Oneturn makes a run of it. */
async function againstGateway(
  source: Source,
  load: Load,
  portkey: Variant,
  { quick }: BenchOptions,
): Promise<{ table: Table; aim: Aim }> {
  const rounds = quick ? 1 : 3;
  const server = await startServer('oneturn', source.origin);
  const oneturn = {
    name: ONETURN,
    target: oneturnTarget(server.url, 'openai'),
    pid: server.pid,
    stop: server.stop,
  };
  const script = { items: 1, events: 2000, everyMs: 20, together: 1 };
  const cpu = new Map<string, number[]>([
    [PORTKEY, []],
    [ONETURN, []],
  ]);
  const late = new Map<string, number[]>([
    [PORTKEY, []],
    [ONETURN, []],
  ]);
  const open = new Map<string, number>();
  for (let round = -1; round < rounds; round++) {
    const measure = (variant: Variant) => async () => {
      const { cpuUsPerEvent, p50Us, leftOpen } = await measureWindow({ source, load }, variant, {
        script,
        streams: 50,
        ...windowMs(round, quick),
      });
      if (round < 0) return;
      cpu.get(variant.name)?.push(cpuUsPerEvent);
      late.get(variant.name)?.push(p50Us / 1000);
      open.set(variant.name, Math.max(open.get(variant.name) ?? 0, leftOpen));
    };
    await inTurn(round, [portkey, oneturn].map(measure));
  }
  await server.stop();
  const of = (values: ReadonlyMap<string, readonly number[]>, name: string): readonly number[] =>
    values.get(name) ?? [];
  const toPortkey = medianRatio(of(cpu, ONETURN), of(cpu, PORTKEY));
  const row = (name: string, times: number): Cell[] => [
    name,
    median(of(late, name)),
    median(of(cpu, name)),
    ratio(times),
    String(open.get(name) ?? 0),
  ];
  return {
    table: {
      title: '50 streams of 50 events a second',
      columns: [
        '',
        'event late ms',
        'CPU us/event',
        'to Portkey',
        'upstream open 1 s after its clients left',
      ],
      rows: [row(PORTKEY, 1), row(ONETURN, toPortkey)],
    },
    aim: aimBelow(`CPU per event against ${PORTKEY}`, toPortkey, 0.4, 'x'),
  };
}
