import type { PromptPhase } from '../../../server/sandbox/content/answer-prompt.ts';
import { type Envelope, type Receipt, receipt } from '../../../shared/contract/receipt.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { aimBelow, type BenchOptions, type Cell, type PartResult } from '../report.ts';
import { inTurn } from '../rounds.ts';
import { settle } from '../settle.ts';
import { quantile } from '../stats.ts';
import { HONO, ONETURN, startVariants, type Variant } from '../variants.ts';
import { settleSource } from '../window.ts';
import { type Load, type Source, startLoad, startSource } from '../world.ts';

/** Longer than the measurement: whoever stops does so because it was told to. */
const SCRIPT = { items: 1, events: 2000, everyMs: 100, together: 1 };

/** The phases in which a run waits for a whole answer; `drafting` is measured beside the others, in its streams. */
const HELD = { classifying: 'classification', planning: 'plan', analyzing: 'critique' } as const;
const HELD_RUNS = 100;

interface Cancelled {
  /** From the client's close to the source seeing its socket closed. */
  readonly closedMs: number[];
  /** From the server seeing it to the last upstream socket's close, by the run's signed receipt. */
  readonly serverMs: number[];
  readonly missed: number;
  /** Answers that were open at the source when all clients had left. */
  readonly leftOpen: number;
}

/** (d) Streams are left one by one while the others go on, then all the rest at one moment. */
export async function cancel({ quick }: BenchOptions): Promise<PartResult> {
  const [source, load] = await Promise.all([startSource(), startLoad()]);
  const variants = await startVariants(source, [HONO, ONETURN]);
  const rows: Cell[][] = [];
  const server = new Map<number, number>();
  let leftOpen = 0;
  for (const level of [200, 500]) {
    const singly = new Map<string, Cancelled[]>(variants.map(({ name }) => [name, []]));
    const atOnce = new Map<string, Cancelled[]>(variants.map(({ name }) => [name, []]));
    const more = quick ? 50 : 100;
    for (let round = 0; round < (quick || level === 500 ? 1 : 2); round++) {
      const measure = (variant: Variant) => async () => {
        await source.ask('script', SCRIPT);
        await load.ask('open', { target: variant.target, streams: level + more });
        singly.get(variant.name)?.push(await leave({ source, load }, variant, more, 5));
        const all = await leave({ source, load }, variant, level, 0);
        atOnce.get(variant.name)?.push(all);
        if (variant.name === ONETURN) leftOpen += all.leftOpen;
      };
      await inTurn(round, variants.map(measure));
    }
    for (const [how, seen] of [
      ['one by one', singly],
      ['all at one moment', atOnce],
    ] as const) {
      for (const { name } of variants)
        rows.push([`${level} runs, ${how} · ${name}`, ...figures(seen.get(name) ?? [])]);
    }
    server.set(
      level,
      quantile(
        (singly.get(ONETURN) ?? []).flatMap(({ serverMs }) => serverMs),
        0.99,
      ),
    );
  }
  const ours = variants.find(({ name }) => name === ONETURN);
  let missed = 0;
  for (const [phase, hold] of Object.entries(HELD)) {
    if (!ours) break;
    const seen = await leaveHeld({ source, load }, ours, hold);
    missed += seen.missed + seen.leftOpen;
    rows.push([`${HELD_RUNS} runs, one by one while ${phase} · ${ONETURN}`, ...figures([seen])]);
  }
  await Promise.all([source.stop(), load.stop(), ...variants.map(({ stop }) => stop())]);
  return {
    tables: [
      {
        title: 'milliseconds to the closed upstream',
        columns: ['', 'n', 'client p50', 'p99', 'server p50', 'p99', 'missed'],
        rows,
      },
    ],
    aims: [
      aimBelow('server sees it to upstream closed, p99 at 200 runs', server.get(200) ?? Number.NaN, 5, 'ms'),
      aimBelow('the same at 500 runs', server.get(500) ?? Number.NaN, 10, 'ms'),
      {
        what: 'upstream answers still open afterwards',
        aim: '0',
        measured: String(leftOpen),
        met: leftOpen === 0,
      },
      {
        what: 'the same while classifying, planning and analyzing',
        aim: '0',
        measured: String(missed),
        met: missed === 0,
      },
    ],
    notes: [
      'client: from its close to the source’s closed socket, by the machine’s one clock. server: what the run’s receipt says.',
    ],
  };
}

/** Runs whose provider is silent in that phase: there is nothing but the client's leave that could end them. */
async function leaveHeld(
  { source, load }: { source: Source; load: Load },
  variant: Variant,
  hold: PromptPhase,
): Promise<Cancelled> {
  await source.ask('script', { ...SCRIPT, events: 5, everyMs: 0, hold });
  await load.ask('open', { target: variant.target, streams: HELD_RUNS, held: true });
  while ((await source.ask('state')).openAnswers < HELD_RUNS)
    await new Promise((resolve) => setTimeout(resolve, 20));
  const seen = await leave({ source, load }, variant, HELD_RUNS, 5);
  return { ...seen, leftOpen: await settleSource(source) };
}

async function leave(
  { source, load }: { source: Source; load: Load },
  { name, target }: Variant,
  streams: number,
  everyMs: number,
): Promise<Cancelled> {
  const left = await load.ask('leave', { streams, everyMs });
  // the others go on meanwhile, so that the source never settles: only those count that left
  if (everyMs > 0) {
    await settle(async () => {
      const closed = new Map((await source.ask('state')).left);
      return left.filter(({ number }) => !closed.has(number)).length;
    });
  }
  const leftOpen = everyMs > 0 ? 0 : await settleSource(source);
  const state = await source.ask('state');
  const closedAt = new Map(state.left);
  const closedMs = left.flatMap(({ number, atUs }) => {
    const at = closedAt.get(number);
    return at === undefined ? [] : [(at - atUs) / 1000];
  });
  const receipts =
    name === ONETURN ? await Promise.all(left.map(({ run }) => readReceipt(target.origin, run))) : [];
  const serverMs = receipts.flatMap((one) => (one?.cancel ? [one.cancel.closedMs] : []));
  return { closedMs, serverMs, missed: left.length - closedMs.length, leftOpen };
}

async function readReceipt(origin: string, run: string): Promise<Receipt | undefined> {
  const answer = await fetch(origin + ROUTES.byoReceipt(run));
  if (!answer.ok) return undefined;
  const { payload } = (await answer.json()) as Envelope; // as: our own server's answer
  return receipt.parse(JSON.parse(Buffer.from(payload, 'base64').toString()));
}

function figures(seen: readonly Cancelled[]): Cell[] {
  const client = seen.flatMap(({ closedMs }) => closedMs);
  const server = seen.flatMap(({ serverMs }) => serverMs);
  const missed = seen.reduce((sum, one) => sum + one.missed, 0);
  const both = (values: readonly number[]): Cell[] =>
    values.length === 0 ? ['', ''] : [quantile(values, 0.5), quantile(values, 0.99)];
  return [String(client.length), ...both(client), ...both(server), String(missed)];
}
