import { type Kysely, sql } from 'kysely';
import type { Database } from '../../server/storage/database.ts';
import { usage } from '../../shared/contract/usage.ts';
import type { Load, SavedNote } from './load.ts';

/** What was acknowledged against what is in the database afterwards. Every number but the totals has to be 0. */

export interface SaveVerdict {
  readonly acknowledged: number;
  readonly unacknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly editsAcknowledged: number;
  readonly editsLost: number;
  /** Rows that no request asked for, or with less in them than was sent. */
  readonly wrong: number;
}

export interface RunVerdict {
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly ends: Readonly<Record<'done' | 'doneAfterRequeue' | 'failed' | 'cancelled', number>>;
  readonly notOver: number;
  /** Runs without exactly one last event, one end in the audit log, and for a finished one exactly one plan. */
  readonly notOnce: readonly string[];
  /** Millionths of a USD that are still reserved, and that the budget has other than the runs together used. */
  readonly reservedMicros: number;
  readonly budgetErrorMicros: number;
}

export async function judgeSaves(db: Kysely<Database>, load: Load): Promise<SaveVerdict> {
  const rows = await db
    .selectFrom('intent_plans')
    .select(['id', 'goal', 'title', 'drafts'])
    .where('goal', 'like', 'save-%')
    .execute();
  const notes = new Map(load.saves.map((note) => [note.mark, note]));
  const acknowledged = load.saves.filter(({ id }) => id !== undefined);
  const edits = acknowledged.filter(({ edit }) => edit?.acknowledged === true);
  const found = (note: SavedNote): (typeof rows)[number] | undefined =>
    rows.find(({ id, goal }) => id === note.id && goal === note.mark);
  const titles = ({ title, edit }: SavedNote): readonly string[] =>
    edit === undefined ? [title] : [title, edit.title];
  return {
    acknowledged: acknowledged.length,
    unacknowledged: load.saves.length - acknowledged.length,
    lost: acknowledged.filter((note) => found(note) === undefined).length,
    doubled: repeated(rows),
    editsAcknowledged: edits.length,
    editsLost: edits.filter((note) => found(note)?.title !== note.edit?.title).length,
    wrong: rows.filter((row) => {
      const note = notes.get(row.goal);
      return note === undefined || row.drafts !== 2 || !titles(note).includes(row.title);
    }).length,
  };
}

export async function judgeRuns(db: Kysely<Database>, load: Load): Promise<RunVerdict> {
  const { rows } = await sql<{
    id: string;
    goal: string;
    state: string;
    attempt: number;
    usage: unknown;
    reserved: number;
    plan_id: string | null;
    lasts: number;
    ends: number;
    plans: number;
  }>`
    select j.id, j.request->>'goal' as goal, j.state, j.attempt, j.usage, j.reserved_micros as reserved, j.plan_id,
      (select count(*) from intent_events e where e.job_id = j.id and e.name in ('done', 'failed', 'cancelled')) as lasts,
      (select count(*) from audit_entries a where a.subject = j.id::text and a.action in ('run.end', 'run.cancel')) as ends,
      (select count(*) from intent_plans p where p.owner_id = j.owner_id and p.save_key = 'job:' || j.id) as plans
    from intent_jobs j
  `.execute(db);
  const acknowledged = load.runs.filter(({ id }) => id !== undefined);
  const isDone = ({ state }: { state: string }): boolean => state === 'done';
  const over = rows.filter(({ state }) => state !== 'queued' && state !== 'running');
  const used = over.map((row) => {
    const { costUsd } = usage.parse(row.usage);
    return costUsd === null ? row.reserved : Math.ceil(costUsd * 1_000_000);
  });
  const budget = await db
    .selectFrom('llm_budgets')
    .select((eb) => [
      eb.fn.sum<string | number>('reserved_micros').as('reserved'),
      eb.fn.sum<string | number>('spent_micros').as('spent'),
    ])
    .where('scope', '=', 'server')
    .executeTakeFirstOrThrow();
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter(({ id }) => !rows.some((row) => row.id === id)).length,
    doubled: repeated(rows),
    ends: {
      done: over.filter((row) => isDone(row) && row.attempt === 1).length,
      doneAfterRequeue: over.filter((row) => isDone(row) && row.attempt > 1).length,
      failed: over.filter(({ state }) => state === 'failed').length,
      cancelled: over.filter(({ state }) => state === 'cancelled').length,
    },
    notOver: rows.length - over.length,
    notOnce: over
      .filter(
        (row) =>
          row.lasts !== 1 ||
          row.ends !== 1 ||
          row.plans > 1 ||
          (isDone(row) && (row.plans !== 1 || row.plan_id === null)),
      )
      .map(
        ({ id, state, lasts, ends, plans }) =>
          `${id} ${state}: ${lasts} last events, ${ends} in the audit log, ${plans} plans`,
      ),
    reservedMicros: Number(budget.reserved),
    budgetErrorMicros: Number(budget.spent) - used.reduce((sum, one) => sum + one, 0),
  };
}

function repeated(rows: readonly { readonly goal: string }[]): number {
  return rows.length - new Set(rows.map(({ goal }) => goal)).size;
}

/** Until no run waits or works any more: a dead worker's are noticed after up to 20 seconds, twice for those that meet two dead ones. */
export async function untilOver(db: Kysely<Database>, timeoutMs: number): Promise<void> {
  for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
    const open = await db
      .selectFrom('intent_jobs')
      .select('id')
      .where('state', 'in', ['queued', 'running'])
      .execute();
    if (open.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
