import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import { type HostedCredentials, hostedCredentials } from '../../shared/contract/credentials.ts';
import { failure } from '../../shared/contract/failure.ts';
import {
  forPlan,
  type HostedRun,
  type HostedSummary,
  hostedSummary,
  jobState,
} from '../../shared/contract/hosted.ts';
import { runRequest } from '../../shared/contract/run-request.ts';
import { type Usage, usage } from '../../shared/contract/usage.ts';
import type { IntentJobsTable } from './job-tables.ts';

export type JobRow = Selectable<IntentJobsTable>;

const MAX_SUMMARY_GOAL_CHARS = 300;

const jobRequest = z.extend(runRequest, { forPlan: z.optional(forPlan) });
/** What a job was asked for, as its row has it. */
export type JobRequest = z.infer<typeof jobRequest>;

export function requestOf(row: JobRow): JobRequest {
  return z.parse(jobRequest, row.request);
}

/** What a redraft or a trial is for, as its owner sees it. */
export function forPlanOf({ forPlan: plan, redraft, trial }: JobRequest): HostedRun['forPlan'] {
  if (plan && trial) return { ...plan, items: trial.items.map(({ id }) => ({ id, notes: [] })), tries: true };
  return plan && redraft
    ? { ...plan, items: redraft.items.map(({ id, notes = [] }) => ({ id, notes })) }
    : null;
}

/** Whose credentials the job was queued for. Throws when this version does not know them: it cannot know who would pay. */
export function credentialsOf(row: Pick<JobRow, 'credentials'>): HostedCredentials {
  return z.parse(hostedCredentials, row.credentials);
}

export function usageOf(row: Pick<JobRow, 'usage'>): Usage {
  return z.parse(usage, row.usage);
}

/** `place` counts those that wait before it, itself included. */
export function rowToSummary(row: JobRow, place: number | null): HostedSummary {
  return z.parse(hostedSummary, {
    id: row.id,
    state: jobState.parse(row.state),
    place: row.state === 'queued' ? place : null,
    goal: requestOf(row).goal.slice(0, MAX_SUMMARY_GOAL_CHARS),
    provider: row.provider,
    model: row.model,
    credentials: credentialsOf(row),
    createdAt: row.created_at.toISOString(),
    startedAt: row.started_at?.toISOString() ?? null,
    endedAt: row.ended_at?.toISOString() ?? null,
    usage: usageOf(row),
    failure: row.failure === null ? null : failure.parse(row.failure),
    planId: row.plan_id,
  });
}
