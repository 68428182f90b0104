import { type Kysely, type RawBuilder, sql } from 'kysely';
import { type KeyCall, type KeyCalls, MAX_CALLS_SHOWN } from '../../../shared/contract/vault/key-leak.ts';
import type { Database } from '../../storage/database.ts';

/** Whose calls, and from when on. */
export interface CallsOf {
  readonly workspaceId: string;
  readonly key: string;
  readonly since: Date;
}

const CSV_BATCH = 1000;

/**
 * Every call that this server made on a key: those of runs by their signed records, with who started the run by the audit log, and tests of
 * the key by the audit log alone. What others did with a leaked key is in the provider's books, not here.
 */
function callsOf({ workspaceId, key, since }: CallsOf): RawBuilder<CallRow> {
  return sql<CallRow>`
    select
      sent.at, sent.job_id::text as run, sent.seq, sent.phase, sent.model,
      said.outcome, said."inputTokens" as input_tokens, said."outputTokens" as output_tokens, said."costUsd" as usd,
      (
        select handle from audit_entries
        where workspace_id = ${workspaceId} and action = 'vault.key-open' and subject = sent.job_id::text
        order by audit_entries.seq limit 1
      ) as handle
    from (
      select c.job_id, c.seq, told.at, told.phase, told.model
      from vault_calls c
      join vault_leases l on l.job_id = c.job_id
      cross join lateral json_to_record(c.record::json) as told(kind text, at timestamptz, key text, phase text, model text)
      where l.workspace_id = ${workspaceId} and told.kind = 'sent' and told.key = ${key} and told.at >= ${since}
    ) sent
    left join lateral (
      select done.*
      from vault_calls c
      cross join lateral json_to_record(c.record::json)
        as done(kind text, "of" integer, outcome text, "inputTokens" bigint, "outputTokens" bigint, "costUsd" numeric)
      where c.job_id = sent.job_id and c.seq > sent.seq and done.kind = 'ended' and done."of" = sent.seq
      limit 1
    ) said on true
    union all
    select at, null, audit_entries.seq, 'test', model, outcome, null, null, null, handle
    from audit_entries
    where workspace_id = ${workspaceId} and action = 'vault.key-test' and subject = ${key} and outcome != 'refused' and at >= ${since}`;
}

interface CallRow {
  readonly at: Date;
  readonly run: string | null;
  readonly seq: string | number;
  readonly phase: string;
  readonly model: string | null;
  readonly outcome: string | null;
  readonly input_tokens: string | null;
  readonly output_tokens: string | null;
  readonly usd: string | null;
  readonly handle: string | null;
}

/** The newest, and the sums of all. */
export async function readCalls(db: Kysely<Database>, of: CallsOf): Promise<KeyCalls> {
  const calls = callsOf(of);
  const [newest, days] = [
    await sql<CallRow>`select * from (${calls}) calls order by at desc, seq desc limit ${MAX_CALLS_SHOWN}`.execute(
      db,
    ),
    await sql<DayRow>`
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD') as day, coalesce(model, '') as model, count(*) as calls,
        coalesce(sum(input_tokens), 0) as input, coalesce(sum(output_tokens), 0) as output, sum(usd) as usd
      from (${calls}) calls group by 1, 2 order by 1 desc, 2`.execute(db),
  ];
  return {
    count: days.rows.reduce((sum, row) => sum + Number(row.calls), 0),
    calls: newest.rows.map(rowToCall),
    days: days.rows.map(({ day, model, ...row }) => ({
      ...{ day, model, calls: Number(row.calls), usd: row.usd === null ? null : Number(row.usd) },
      ...{ inputTokens: Number(row.input), outputTokens: Number(row.output) },
    })),
  };
}

interface DayRow {
  readonly day: string;
  readonly model: string;
  readonly calls: string;
  readonly input: string;
  readonly output: string;
  readonly usd: string | null;
}

/** All of them, the oldest first, a batch at a time. */
export async function* eachCall(db: Kysely<Database>, of: CallsOf): AsyncGenerator<KeyCall> {
  const calls = callsOf(of);
  for (let offset = 0; ; offset += CSV_BATCH) {
    const { rows } = await sql<CallRow>`
      select * from (${calls}) calls order by at, run, seq limit ${CSV_BATCH} offset ${offset}`.execute(db);
    for (const row of rows) yield rowToCall(row);
    if (rows.length < CSV_BATCH) return;
  }
}

function rowToCall(row: CallRow): KeyCall {
  const number = (text: string | null): number | null => (text === null ? null : Number(text));
  return {
    at: row.at.toISOString(),
    by: row.handle,
    run: row.run,
    phase: row.phase,
    model: row.model,
    outcome: row.outcome,
    inputTokens: number(row.input_tokens),
    outputTokens: number(row.output_tokens),
    usd: number(row.usd),
  };
}
