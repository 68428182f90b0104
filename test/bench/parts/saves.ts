import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Browser } from '../../faults/browser.ts';
import { databaseUrl } from '../../faults/stage.ts';
import { finishedPlan } from '../../server/plans/plan-fixture.ts';
import { type Cell, ratio, type Table } from '../report.ts';
import { inTurn } from '../rounds.ts';
import { median, medianRatio } from '../stats.ts';

const AT_ONCE = 8;
/** An account holds 2,000 plans. */
const ALONE = 150;
const EACH = 40;

const PEER_TABLE = `
  create table bench_plans (id uuid not null primary key, content jsonb not null, created_at timestamptz not null default current_timestamp)
`;

/** One after another saves this often; the answer is the saves per second of all together. */
type Save = () => Promise<void>;

/** Saves per second over HTTP, beside the same plan inserted by `pg` itself into a bare table of the same cluster. */
export async function saves(url: string, dataDir: string, rounds: number): Promise<Table> {
  const browsers = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => new Browser(() => url).signUp(`saver-${n}`)),
  );
  const clients = Array.from(
    { length: AT_ONCE },
    () => new pg.Client({ connectionString: databaseUrl(dataDir) }),
  );
  await Promise.all(clients.map((client) => client.connect()));
  await clients[0]?.query(PEER_TABLE);
  const plan = finishedPlan();
  const content = JSON.stringify(plan);
  const byServer = browsers.map(
    (browser): Save =>
      async () => {
        const { status, text } = await browser.send('POST', '/v1/plans', plan, {
          'idempotency-key': randomUUID(),
        });
        if (status !== 201) throw new Error(`a save was answered by ${status} ${text.slice(0, 300)}`);
      },
  );
  const byPeer = clients.map(
    (client): Save =>
      async () => {
        await client.query('insert into bench_plans (id, content) values ($1, $2)', [randomUUID(), content]);
      },
  );

  const oneOf = (savers: readonly Save[]): Save[] => savers.slice(0, 1);
  const cases: readonly { name: string; peer: string | undefined; savers: readonly Save[]; each: number }[] =
    [
      { name: 'one bare insert at a time', peer: undefined, savers: oneOf(byPeer), each: ALONE * 4 },
      { name: 'one save at a time', peer: 'one bare insert at a time', savers: oneOf(byServer), each: ALONE },
      { name: 'eight bare inserts', peer: undefined, savers: byPeer, each: EACH * 4 },
      { name: 'eight saves, eight accounts', peer: 'eight bare inserts', savers: byServer, each: EACH },
      {
        name: 'eight saves, one account',
        peer: 'eight bare inserts',
        savers: byServer.flatMap(() => oneOf(byServer)),
        each: EACH,
      },
    ];
  const rates = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  const measure =
    ({ name, savers, each }: (typeof cases)[number]) =>
    async () =>
      void rates.get(name)?.push(await rateOf(savers, each));
  // the first of everything compiles and connects
  for (const one of cases) await rateOf(one.savers, 3);
  for (let round = 0; round < rounds; round++) await inTurn(round, cases.map(measure));
  await Promise.all(clients.map((client) => client.end()));

  const of = (name: string): readonly number[] => rates.get(name) ?? [];
  return {
    title: 'saves per second',
    columns: ['', 'per second', 'to the peer'],
    rows: cases.map(({ name, peer }): Cell[] => [
      name,
      median(of(name)),
      peer === undefined ? '' : ratio(medianRatio(of(name), of(peer))),
    ]),
  };
}

async function rateOf(savers: readonly Save[], each: number): Promise<number> {
  const from = performance.now();
  await Promise.all(
    savers.map(async (save) => {
      for (let n = 0; n < each; n++) await save();
    }),
  );
  return (savers.length * each) / ((performance.now() - from) / 1000);
}
