import { CANARY_LENGTHS, type Canary, makeCanary } from '../../leak/canary.ts';
import { scanMemory } from '../../leak/memory-scan.ts';
import { freePort } from '../../ports.ts';
import { createAuthority } from '../../server/providers/connect/make-certificate.ts';
import { otherNode } from '../peers/other-node.ts';
import { PORTKEY } from '../peers/portkey.ts';
import type { SourceScript } from '../processes/source.ts';
import type { Target } from '../processes/target.ts';
import type { Aim, BenchOptions, Cell, Table } from '../report.ts';
import { honoTarget, oneturnTarget } from '../targets.ts';
import { HONO, ONETURN, type Variant } from '../variants.ts';
import { type Load, type Source, startServer, startSource } from '../world.ts';

const QUICK: SourceScript = { items: 1, events: 20, everyMs: 0, together: 4 };
const SLOW: SourceScript = { items: 1, events: 2000, everyMs: 20, together: 1 };

/** What happens to a run. `mark`: what the answer then has in it, by which the bench knows that it did happen. */
interface Fate {
  readonly name: string;
  readonly script: SourceScript;
  readonly giveUp?: 'half a body' | 'flowing';
  readonly target: (url: string) => Target;
  readonly peers?: Readonly<Record<string, string>>;
}

const ANSWERED = 'success';
const FATES: readonly Fate[] = [
  {
    name: ANSWERED,
    script: QUICK,
    target: (url) => oneturnTarget(url),
    peers: { [HONO]: 'event: done', [PORTKEY]: '[DONE]' },
  },
  {
    name: 'client leaves mid-stream',
    script: SLOW,
    giveUp: 'flowing',
    target: (url) => oneturnTarget(url),
    peers: { [HONO]: '', [PORTKEY]: '' },
  },
  {
    name: 'half a request body',
    script: QUICK,
    giveUp: 'half a body',
    target: (url) => oneturnTarget(url),
    peers: { [HONO]: '', [PORTKEY]: '' },
  },
  {
    name: 'upstream 401',
    script: { ...QUICK, status: 401 },
    target: (url) => oneturnTarget(url, 'anthropic', 'key_rejected'),
    peers: { [HONO]: 'refused', [PORTKEY]: 'invalid key' },
  },
  {
    name: 'upstream resets mid-answer',
    script: { ...QUICK, cut: true },
    target: (url) => oneturnTarget(url, 'anthropic', 'event: failed'),
  },
];
const REFUSED = 'upstream refused';
const OVER_TLS = 'success over TLS';

interface Rig {
  readonly source: Source;
  readonly load: Load;
  readonly canaries: number;
}

/** Keys that any part of was found of in a server's memory, right after as many runs. Linux only: elsewhere memory cannot be read. */
export async function residue(
  { source, load }: Omit<Rig, 'canaries'>,
  portkey: Variant | undefined,
  { quick }: BenchOptions,
): Promise<{ table: Table; aims: Aim[]; notes: string[] }> {
  const rig = { source, load, canaries: quick ? 40 : 200 };
  const other = await otherNode();
  const columns = [
    `${ONETURN}, Node ${process.versions.node}`,
    ...(other ? [`${ONETURN}, Node ${other.version}`] : []),
    HONO,
    ...(portkey ? [PORTKEY] : []),
  ];
  const found = new Map<string, Map<string, number>>(columns.map((column) => [column, new Map()]));
  const nodes = [
    { column: columns[0] ?? '', node: undefined as string | undefined },
    ...(other ? [{ column: columns[1] ?? '', node: other.path as string | undefined }] : []),
  ];
  for (const { column, node } of nodes) await searchOneturn(rig, node, found.get(column));
  const hono = await startServer('hono-fetch', source.origin);
  const peers: readonly Variant[] = [
    { name: HONO, target: honoTarget(hono.url), pid: hono.pid, stop: hono.stop },
    ...(portkey ? [portkey] : []),
  ];
  for (const { name, target, pid = 0 } of peers) {
    for (const { peers: marks, ...fate } of FATES) {
      const mark = marks?.[name];
      if (mark !== undefined)
        found.get(name)?.set(fate.name, await search(rig, pid, fate, { ...target, mark }));
    }
  }
  await hono.stop();

  const names = [...FATES.map(({ name }) => name), REFUSED, OVER_TLS];
  const ours = nodes.flatMap(({ column }) => names.map((name) => found.get(column)?.get(name) ?? Number.NaN));
  return {
    table: {
      title: `keys of ${rig.canaries} with anything left in the server’s memory`,
      columns: ['', ...columns],
      rows: names.map((name): Cell[] => [
        name,
        ...columns.map((column) => shown(found.get(column)?.get(name))),
      ]),
    },
    aims: [
      {
        what: `keys left, of ${rig.canaries} in each of ${names.length} cases on ${nodes.length} Node versions`,
        aim: '0',
        measured: String(ours.reduce((sum, hits) => sum + hits, 0)),
        met: ours.every((hits) => hits === 0),
      },
    ],
    notes: other ? [] : ['npm has no second Node for this machine: its column is left out.'],
  };
}

const shown = (hits: number | undefined): string => (hits === undefined ? '' : String(hits));

async function searchOneturn(
  rig: Rig,
  node: string | undefined,
  found: Map<string, number> | undefined,
): Promise<void> {
  const server = await startServer('oneturn', rig.source.origin, { node });
  for (const fate of FATES)
    found?.set(fate.name, await search(rig, server.pid, fate, fate.target(server.url)));
  await server.stop();

  const alone = await startServer('oneturn', `http://127.0.0.1:${await freePort()}`, { node });
  found?.set(
    REFUSED,
    await search(
      rig,
      alone.pid,
      { name: REFUSED, script: QUICK },
      oneturnTarget(alone.url, 'anthropic', 'unreachable'),
    ),
  );
  await alone.stop();

  const authority = createAuthority();
  const { cert, key } = authority.issue('localhost', 1);
  const source = await startSource({ BENCH_CERT: cert, BENCH_CERT_KEY: key });
  const secure = await startServer('oneturn', source.origin, { node, env: { UPSTREAM_CA: authority.cert } });
  found?.set(
    OVER_TLS,
    await search(
      { ...rig, source },
      secure.pid,
      { name: OVER_TLS, script: QUICK },
      oneturnTarget(secure.url),
    ),
  );
  await Promise.all([secure.stop(), source.stop()]);
}

async function search(
  { source, load, canaries }: Rig,
  pid: number,
  fate: Omit<Fate, 'target'>,
  target: Target,
): Promise<number> {
  await source.ask('script', fate.script);
  const keys: readonly Canary[] = Array.from({ length: canaries }, (_, i) =>
    makeCanary(undefined, CANARY_LENGTHS[i % CANARY_LENGTHS.length]),
  );
  const texts = keys.map(({ key }) => key);
  if (fate.giveUp) await load.ask('giveUp', { target, keys: texts, when: fate.giveUp, atOnce: 20 });
  else {
    const { broken } = await load.ask('sequence', { target, requests: texts, atOnce: 20 });
    if (broken > 0) throw new Error(`${fate.name}: ${broken} of ${canaries} answers had no ${target.mark}`);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  return scanMemory(pid, keys).hit;
}
