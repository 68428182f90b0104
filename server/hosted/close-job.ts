import type { ComposeEvent } from '../../shared/contract/events.ts';
import type { Audit } from '../audit/create-audit.ts';
import { savePlan } from '../plans/plan-store.ts';
import { microsToUsd, settle, usdToMicros } from './budget.ts';
import { readRecord, writeLastEvent } from './event-store.ts';
import { requestOf } from './job-rows.ts';
import { type Attempt, endJob, type JobEnd } from './job-store.ts';
import { jobToPlan } from './job-to-plan.ts';
import { workOf } from './recorded-work.ts';

/**
 * A job's last state, its settled budget, its plan, its last event and its line in the audit log: one transaction, so that all of
 * them are there exactly once or not at all. False: another attempt has the job, or it is over.
 */
export async function closeJob(audit: Audit, attempt: Attempt, end: JobEnd): Promise<boolean> {
  return audit.transact(async (trx, record) => {
    const row = await endJob(trx, attempt, end);
    if (row === undefined) return false;

    const reservation = { day: row.budget_day, userId: row.owner_id, micros: row.reserved_micros };
    // what nobody knows the price of is taken to have cost all that was reserved
    await settle(trx, reservation, usdToMicros(end.usage.costUsd ?? microsToUsd(row.reserved_micros)));

    const owner = { userId: row.owner_id, workspaceId: row.workspace_id };
    const credentials = row.credentials === 'operator' ? ('operator' as const) : ('none' as const);
    const origin = { provider: row.provider, model: row.model, credentials };
    const plan = jobToPlan(
      requestOf(row),
      workOf(await readRecord(trx, row.id)),
      end.usage,
      end.state,
      origin,
    );
    const saved =
      plan && (await savePlan(trx, owner, plan, { key: `job:${row.id}`, digest: Buffer.from(row.id) }));
    if (saved?.kind === 'saved')
      await trx.updateTable('intent_jobs').set({ plan_id: saved.plan.id }).where('id', '=', row.id).execute();

    await writeLastEvent(trx, attempt, lastEvent(end, plan?.drafts.length ?? 0));
    await record({
      workspaceId: row.workspace_id,
      actorId: row.owner_id,
      handle: row.handle,
      action: end.state === 'cancelled' ? 'run.cancel' : 'run.end',
      outcome: outcomeOf(end.state),
      subject: row.id,
      provider: row.provider,
      model: row.model,
      requestId: row.request_id,
      detail: { attempts: attempt.attempt, costUsd: end.usage.costUsd, code: end.failure?.code ?? null },
    });
    return true;
  });
}

function lastEvent(end: JobEnd, drafts: number): ComposeEvent {
  if (end.state === 'done') return { event: 'done', data: { drafts } };
  if (end.failure !== null) return { event: 'failed', data: { error: end.failure } };
  return { event: 'cancelled', data: {} };
}

function outcomeOf(state: JobEnd['state']): 'ok' | 'failed' | 'cancelled' {
  return state === 'done' ? 'ok' : state;
}
