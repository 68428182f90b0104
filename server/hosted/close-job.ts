import type { HostedCredentials } from '../../shared/contract/credentials.ts';
import type { Audit } from '../audit/create-audit.ts';
import { lastEvent } from '../runs/run-compose.ts';
import { microsToUsd, settle, usdToMicros } from './budget.ts';
import { readRecord, writeLastEvent } from './feed/event-store.ts';
import { credentialsOf, requestOf } from './job-rows.ts';
import { type Attempt, endJob, type JobEnd } from './job-store.ts';
import { jobToPlan, keepPlan } from './job-to-plan.ts';
import { workOf } from './recorded-work.ts';
import { keepTrials } from './trials-to-plan.ts';

/**
 * A job's last state, its settled budget, its plan, its last event and its line in the audit log: one transaction, so that all of
 * them are there exactly once or not at all. False: another attempt has the job, or it is over.
 */
export async function closeJob(audit: Audit, attempt: Attempt, end: JobEnd): Promise<boolean> {
  return audit.transact(async (trx, record) => {
    const row = await endJob(trx, attempt, end);
    if (row === undefined) return false;
    const { result, usage } = end;

    const credentials = credentialsOf(row);
    const reservation = { day: row.budget_day, userId: row.owner_id, micros: row.reserved_micros };
    await settle(
      trx,
      reservation,
      usdToMicros(chargedUsd(credentials, usage.costUsd, microsToUsd(row.reserved_micros))),
    );

    const owner = { userId: row.owner_id, workspaceId: row.workspace_id };
    const origin = { provider: row.provider, model: row.model, credentials };
    const work = workOf(await readRecord(trx, row.id));
    const request = requestOf(row);
    const plan = jobToPlan({ request, work, usage, outcome: result.outcome, origin });
    const { forPlan, trial } = request;
    const planId =
      trial && forPlan
        ? await keepTrials(trx, owner, { planId: forPlan.id, tried: work.tried, usage })
        : plan && (await keepPlan(trx, { job: row.id, owner, plan, forPlan }));
    if (planId !== undefined)
      await trx.updateTable('intent_jobs').set({ plan_id: planId }).where('id', '=', row.id).execute();

    await writeLastEvent(trx, attempt, lastEvent(result));
    await record({
      workspaceId: row.workspace_id,
      actorId: row.owner_id,
      handle: row.handle,
      action: result.outcome === 'cancelled' ? 'run.cancel' : 'run.end',
      outcome: result.outcome === 'done' ? 'ok' : result.outcome,
      subject: row.id,
      provider: row.provider,
      model: row.model,
      requestId: row.request_id,
      detail: {
        attempts: attempt.attempt,
        costUsd: usage.costUsd,
        ...(credentials === 'stored' && { credentials }),
        code: result.outcome === 'failed' ? result.failure.code : null,
      },
    });
    return true;
  });
}

/** What the day's budget is charged. A cost that nobody knows is taken to be all that was reserved. */
function chargedUsd(credentials: HostedCredentials, costUsd: number | null, reservedUsd: number): number {
  switch (credentials) {
    case 'operator':
      return costUsd ?? reservedUsd;
    case 'none':
      return costUsd ?? 0;
    case 'stored':
      return 0;
  }
}
