import { type Kysely, sql, type Transaction } from 'kysely';
import type { QueuedJob } from '../../hosted/payer.ts';
import type { Database } from '../../storage/database.ts';
import type { WorkspaceSecrets } from '../workspace-secrets.ts';
import { isTicket, signTicket, type TicketFacts } from './tickets.ts';

/** A run that has waited for longer is not begun: an old row that is put back into the queue spends no key. */
const VALID_HOURS = 24;

/** Writes the ticket, in the transaction that queues the job. Undefined: this workspace has stored no key. Throws `VaultSealed`. */
export async function makeTicket(
  job: QueuedJob,
  { db, secrets }: { readonly db: Kysely<Database>; readonly secrets: WorkspaceSecrets },
): Promise<((trx: Transaction<Database>) => Promise<void>) | undefined> {
  // the database's clock is the one that all workers share
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db);
  const issuedAt = (rows[0]?.now ?? new Date()).toISOString();
  const { workspaceId } = job.owner;
  const mac = await secrets.withSecret(workspaceId, async (secret, { generation }) =>
    signTicket(factsOf(job, generation, issuedAt), secret),
  );
  if (mac === undefined) return undefined;
  const row = { job_id: job.id, workspace_id: workspaceId, site: job.site ?? '', issued_at: issuedAt, mac };
  return async (trx) => void (await trx.insertInto('vault_tickets').values(row).execute());
}

/** The ticket's MAC, where somebody who may use a stored key asked for this very run, not too long ago. */
export async function findTicket(
  job: QueuedJob,
  secret: Buffer,
  { db, generation }: { readonly db: Kysely<Database>; readonly generation: number },
): Promise<Buffer | undefined> {
  const ticket = await db
    .selectFrom('vault_tickets')
    .select(['issued_at', 'mac', sql<Date>`clock_timestamp()`.as('now')])
    .where('job_id', '=', job.id)
    .executeTakeFirst();
  if (ticket === undefined) return undefined;
  const hours = (ticket.now.getTime() - Date.parse(ticket.issued_at)) / 3_600_000;
  // a time that cannot be read compares as false
  if (!(hours < VALID_HOURS)) return undefined;
  return isTicket(ticket.mac, factsOf(job, generation, ticket.issued_at), secret) ? ticket.mac : undefined;
}

/** What a ticket covers. */
export function factsOf(
  { id, owner, provider, site, model, request }: QueuedJob,
  generation: number,
  issuedAt: string,
): TicketFacts {
  const { userId, workspaceId } = owner;
  return {
    ...{ job: id, workspaceId, generation, userId, issuedAt },
    ...{ provider, site: site ?? '', model, request },
  };
}
