import { PARALLEL_DRAFTS } from '../../../shared/compose/compose-options.ts';
import type { JournalEntry } from '../processes/source.ts';
import { aimBelow, type BenchOptions, type PartResult, ratio } from '../report.ts';
import { inTurn } from '../rounds.ts';
import { median, medianRatio, quantile } from '../stats.ts';
import { oneturnTarget } from '../targets.ts';
import { type Load, type Source, startLoad, startServer, startSource } from '../world.ts';

const ITEMS = 6;
const WAIT_MS = { classification: 80, plan: 150, draft: 80, critique: 60 };
const SCRIPT = {
  items: ITEMS,
  events: 20,
  spread: 8,
  everyMs: 10,
  together: 1,
  waitMs: WAIT_MS,
  journal: true,
};

/**
 * (a) A compose against the limit that its provider's answers set, and against the same calls made one after another. The limit is
 * computed from what the source saw of each call: two calls in a row, then drafts on the engine's lanes, each followed by its critic.
 */
export async function composeWall({ quick }: BenchOptions): Promise<PartResult> {
  const [source, load] = await Promise.all([startSource(), startLoad()]);
  const oneturn = await startServer('oneturn', source.origin);
  const limitMs: number[] = [];
  const composeMs: number[] = [];
  const rowMs: number[] = [];
  const target = oneturnTarget(oneturn.url);

  // Code that has never run is compiled while it does; the bodies of its calls serve for the row.
  const { journal: calls } = await compose(source, load, target);
  for (let round = 0; round < (quick ? 1 : 3); round++) {
    await inTurn(round, [
      async () => {
        const { tookMs, journal } = await compose(source, load, target);
        composeMs.push(tookMs);
        limitMs.push(criticalPathMs(journal));
      },
      async () => void rowMs.push(await oneAfterAnother(source, calls)),
    ]);
  }
  await Promise.all([source.stop(), load.stop(), oneturn.stop()]);

  const toLimit = medianRatio(composeMs, limitMs);
  const row = (name: string, values: readonly number[]): (string | number)[] => [
    name,
    median(values),
    quantile(values, 0.99),
    ratio(medianRatio(values, limitMs)),
  ];
  return {
    tables: [
      {
        title: `${ITEMS} new skills, up to ${PARALLEL_DRAFTS} drafts at a time, 14 calls`,
        columns: ['', 'median ms', 'p99 ms', 'to the limit'],
        rows: [
          row('limit: critical path of the calls', limitMs),
          row('compose', composeMs),
          row('the same calls one after another', rowMs),
        ],
      },
    ],
    aims: [aimBelow('compose against the critical path of its calls', toLimit, 1.05, 'x')],
    notes: [],
  };
}

async function compose(
  source: Source,
  load: Load,
  target: ReturnType<typeof oneturnTarget>,
): Promise<{ tookMs: number; journal: readonly JournalEntry[] }> {
  await source.ask('script', SCRIPT);
  const { tookUs, broken } = await load.ask('sequence', { target, requests: 1, atOnce: 1 });
  if (broken > 0) throw new Error('a compose did not end with done');
  return { tookMs: (tookUs[0] ?? 0) / 1000, journal: await source.ask('journal') };
}

/** No client can be faster without more lanes: classify, plan, then each draft on the first free lane, its critic right behind. */
function criticalPathMs(journal: readonly JournalEntry[]): number {
  const of = (phase: string): JournalEntry[] =>
    journal.filter((entry) => entry.phase === phase).sort((a, b) => a.fromUs - b.fromUs);
  const ms = ({ fromUs, toUs }: JournalEntry): number => (toUs - fromUs) / 1000;
  const before = [...of('classification'), ...of('plan')].reduce((sum, entry) => sum + ms(entry), 0);
  const lanes = Array.from({ length: PARALLEL_DRAFTS }, () => 0);
  const critics = new Map(of('critique').map((entry) => [entry.item, ms(entry)]));
  const ends = of('draft').map((draft) => {
    const lane = lanes.indexOf(Math.min(...lanes));
    const end = (lanes[lane] ?? 0) + ms(draft);
    lanes[lane] = end;
    return end + (critics.get(draft.item) ?? 0);
  });
  return before + Math.max(...ends);
}

async function oneAfterAnother(source: Source, journal: readonly JournalEntry[]): Promise<number> {
  await source.ask('script', { ...SCRIPT, journal: false });
  const from = performance.now();
  for (const { path, body } of journal)
    await (await fetch(source.origin + path, { method: 'POST', body })).text();
  return performance.now() - from;
}
