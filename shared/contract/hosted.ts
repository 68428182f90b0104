import * as z from 'zod/mini';
import { hostedCredentials } from './credentials.ts';
import { trialRequest } from './evals.ts';
import { failure } from './failure.ts';
import { phaseName } from './phase.ts';
import { caps, goal, namedProvider, redraft, runRequest } from './run-request.ts';
import { hostedOffer } from './server-config.ts';
import { usage } from './usage.ts';
import { storedOffer, storedUse } from './vault/stored-use.ts';

/**
 * The saved plan that a redraft is made from, at the revision that was seen. `kept`: its result is written over that revision, or becomes
 * a plan of its own when there is a newer one. `offered`: it stays with the run until its owner takes it. What came of a trial is kept in
 * the plan whichever its revision is by then.
 */
export const forPlan = z.strictObject({
  id: z.uuid(),
  rev: z.int().check(z.gt(0)),
  result: z.enum(['kept', 'offered']),
});
export type ForPlan = z.infer<typeof forPlan>;

/**
 * A run on this server's own provider: the operator chose it, so a request names at most one of the offered models. With
 * `credentials: "stored"` it is on the workspace's stored key of the named provider (and site, where it has several), whose vendor bills
 * it; without `model` on the one that the key was checked with. Neither ever stands in for the other.
 */
export const hostedRequest = z
  .strictObject({
    goal,
    model: z.optional(z.string().check(z.maxLength(128))),
    caps: z.optional(caps),
    redraft: z.optional(redraft),
    /** Drafts of the plan are tried, and nothing else is done. */
    trial: z.optional(trialRequest),
    forPlan: z.optional(forPlan),
    effort: runRequest.shape.effort,
    credentials: z.optional(z.literal('stored')),
    /** Only with a stored key. */
    provider: namedProvider,
    site: runRequest.shape.site,
  })
  .check(
    z.refine(
      ({ redraft: again, trial, forPlan: plan }) => plan === undefined || (again ?? trial) !== undefined,
      {
        error:
          'A run for a plan is a redraft or a trial of it: send the plan and its items as redraft, or its drafts as trial.',
        path: ['forPlan'],
      },
    ),
    z.refine(({ redraft: again, trial }) => again === undefined || trial === undefined, {
      error: 'Skills are tried or redone, not both in one run.',
      path: ['trial'],
    }),
    z.refine((run) => run.credentials === undefined || run.provider !== undefined, {
      error: 'Name the provider whose stored key the run is to take.',
      path: ['provider'],
    }),
    z.refine((run) => run.credentials !== undefined || (run.provider ?? run.site) === undefined, {
      error: 'This server chose the provider. Leave it out, or send credentials: "stored".',
      path: ['provider'],
    }),
  );
export type HostedRequest = z.infer<typeof hostedRequest>;

/** The life of a job in order: it waits, runs, and ends in one of the last three, which never change again. */
export const JOB_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export const jobState = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobState>;

/** True for the three states that a job never leaves. */
export function isOver(state: JobState): boolean {
  return state === 'done' || state === 'failed' || state === 'cancelled';
}

/**
 * A hosted run in a list. Times are ISO 8601 in UTC, null until they happen; `failure` is null unless `state` is `failed`; `usage` is the
 * total so far.
 */
export const hostedSummary = z.object({
  id: z.string(),
  state: jobState,
  /** 1: the next to start; null when it is not waiting. */
  place: z.nullable(z.number()),
  goal: z.string(),
  provider: z.string(),
  model: z.string(),
  /** Who is billed; nobody's budget here is, unless it is `operator`. */
  credentials: hostedCredentials,
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  usage,
  failure: z.nullable(failure),
  planId: z.nullable(z.string()),
});
export type HostedSummary = z.infer<typeof hostedSummary>;

/** The full record of a run, for people who want to know why it took so long or cost so much. Attempts count from 1. */
export const hostedRun = z.extend(hostedSummary, {
  /** Null for a run on other credentials, and until the run begins. */
  storedKey: z.nullable(storedUse),
  attempts: z.number(),
  /**
   * What a redraft is for, with the user's words to each item, or what a trial (`tries`) is for; null for a run that begins with a goal.
   */
  forPlan: z.nullable(
    z.extend(forPlan, {
      items: z.array(z.object({ id: z.string(), notes: z.array(z.string()) })),
      tries: z.optional(z.boolean()),
    }),
  ),
  phases: z.array(
    z.object({
      phase: phaseName,
      attempt: z.number(),
      startedAt: z.string(),
      endedAt: z.nullable(z.string()),
    }),
  ),
  /** `cancelled`: stopped with its run. `unknown`: its worker died while the provider answered; it may have been charged. */
  calls: z.array(
    z.object({
      call: z.string(),
      phase: phaseName,
      item: z.nullable(z.string()),
      attempt: z.number(),
      state: z.enum(['running', 'done', 'failed', 'cancelled', 'unknown']),
      startedAt: z.string(),
      ms: z.nullable(z.number()),
      usage: z.nullable(usage),
    }),
  ),
});
export type HostedRun = z.infer<typeof hostedRun>;

/** USD of the UTC day; null: there is no limit. */
export const budgetState = z.object({
  limitUsd: z.nullable(z.number()),
  leftUsd: z.nullable(z.number()),
  resetsAt: z.string(),
});
export type BudgetState = z.infer<typeof budgetState>;

/** The newest runs of the account, what the day still allows, and what is offered: `storedOffers` is empty where none can be used. */
export const hostedPage = z.object({
  runs: z.array(hostedSummary),
  budget: budgetState,
  offer: hostedOffer,
  storedOffers: z.array(storedOffer),
});
export type HostedPage = z.infer<typeof hostedPage>;

/**
 * The events that are sent while a hosted run is watched: those of the run, whose ids count up and let a client resume, and the place in
 * the queue, which has no id.
 */
export const queuedEvent = z.object({ place: z.number() });
