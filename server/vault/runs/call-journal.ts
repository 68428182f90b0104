import { type Kysely, sql } from 'kysely';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { PayableJob } from '../../hosted/payer.ts';
import type { CallJournal, JournalCall, JournalEnd } from '../../providers/call-journal.ts';
import type { Database } from '../../storage/database.ts';
import { storageFields } from '../../storage/storage-error.ts';
import { whileAway } from '../../storage/while-away.ts';
import type { Log } from '../../telemetry/log.ts';
import type { KeyRow } from '../key-locks.ts';
import { VAULT_FAULTS } from '../vault-answers.ts';
import { bodyMark, linkMac } from './call-chain.ts';

/** How long a run's chain is, and its last MAC: the audit log has both at each opening and closing of a key. */
export interface ChainState {
  readonly calls: number;
  readonly head: Buffer;
}

/** As the audit log says it. */
export function chainFacts({ calls, head }: ChainState): { readonly calls: number; readonly head: string } {
  return { calls, head: head.toString('hex') };
}

interface JournalParts {
  readonly db: Kysely<Database>;
  readonly log: Log;
  readonly job: Pick<PayableJob, 'id' | 'attempt'>;
  readonly row: Pick<KeyRow, 'id' | 'provider'>;
  readonly origin: string;
  /** Wiped by its maker once this is closed. */
  readonly macSecret: Buffer;
  readonly chain: ChainState;
}

/**
 * The signed records of one attempt's calls: "sent" before each, "ended" after it. One worker has a run, so that the chain needs no lock but
 * the lease's row, which also says whether the attempt may still make calls: behind a revocation none is written, and so none made.
 */
export function createCallJournal(parts: JournalParts): CallJournal & { close(): Promise<ChainState> } {
  const { log, job, row, origin, macSecret } = parts;
  let chain = parts.chain;
  let last: Promise<unknown> = Promise.resolve();

  /** Its place in the chain; undefined: the lease is over, or another attempt's. One after the other. */
  const append = (kind: 'sent' | 'ended', facts: object): Promise<number | undefined> => {
    const next = last.then(async () => {
      const record = JSON.stringify({ kind, at: new Date().toISOString(), attempt: job.attempt, ...facts });
      const seq = chain.calls + 1;
      const mac = linkMac(chain.head, { job: job.id, seq, record }, macSecret);
      if (!(await whileAway(() => write({ ...parts, kind, seq, record, mac })))) return undefined;
      chain = { calls: seq, head: mac };
      return seq;
    });
    last = next.catch(() => undefined);
    return next;
  };
  const end = (of: number, { usage, ...how }: JournalEnd): void => {
    const { inputTokens, outputTokens, costUsd, estimated } = usage;
    append('ended', { of, ...how, inputTokens, outputTokens, costUsd, estimated }).catch((error: unknown) =>
      log.error('the end of a call on a stored key is not written down', {
        job: job.id,
        ...storageFields(error),
      }),
    );
  };
  return {
    begin: async ({ phase, item, model, path, body }: JournalCall) => {
      const facts = { key: row.id, provider: row.provider, origin, path, model, phase, item };
      try {
        const seq = await append('sent', { ...facts, body: bodyMark(body, macSecret) });
        return seq === undefined
          ? { ok: false, failure: VAULT_FAULTS.gone }
          : { ok: true, end: (ended) => end(seq, ended) };
      } catch (error) {
        log.error('a call on a stored key cannot be written down', { job: job.id, ...storageFields(error) });
        return { ok: false, failure: NOT_WRITTEN };
      }
    },
    close: async () => {
      await last;
      return chain;
    },
  };
}

const NOT_WRITTEN: Failure = {
  code: 'unavailable',
  message:
    'This call could not be written to the record of calls on stored keys, so it was not made. Start the run again, or ask the operator to look at the log.',
};

interface Written extends Pick<JournalParts, 'db' | 'job'> {
  readonly kind: 'sent' | 'ended';
  readonly seq: number;
  readonly record: string;
  readonly mac: Buffer;
}

/** Record and lease in one statement. An end is written also when the key was taken meanwhile: the call was made. */
async function write({ db, job, kind, seq, record, mac }: Written): Promise<boolean> {
  const { rows } = await sql`
    with held as (
      update vault_leases set calls = ${seq}, head = ${mac}
      where job_id = ${job.id} and attempt = ${job.attempt} and calls = ${seq - 1}
        and (ended_at is null or ${kind === 'ended'})
      returning job_id
    )
    insert into vault_calls (job_id, seq, record, mac) select job_id, ${seq}, ${record}, ${mac} from held
    returning seq`.execute(db);
  if (rows.length > 0) return true;
  // the answer to an earlier try may have been lost with the connection
  const there = await db
    .selectFrom('vault_calls')
    .select('mac')
    .where('job_id', '=', job.id)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return there?.mac.equals(mac) === true;
}
