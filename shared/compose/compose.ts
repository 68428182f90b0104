/**
 * The engine: a goal becomes a plan and its drafts, told as the contract's events. Pure but for `ask`: it knows no key, no HTTP, no
 * clock and no database. The BYO route, the hosted worker and the tests run this same generator and differ in `ask` alone.
 */
import type { TrialRequest } from '../contract/evals.ts';
import type { ComposeEvent } from '../contract/events.ts';
import type { Intent, Plan } from '../contract/plan.ts';
import type { PublishedSkill } from '../skills/published-skill.ts';
import { indexSkills } from '../skills/skill-index.ts';
import { CLASSIFICATION_FORM } from './answers/forms/classification-form.ts';
import { PLAN_FORM } from './answers/forms/plan-form.ts';
import { createPlannedReader } from './answers/planned-items.ts';
import type { Ask } from './ask.ts';
import { askStructured, type Outcome } from './calls/ask-structured.ts';
import { badRedraft, ENGINE_FAILURES } from './calls/engine-failures.ts';
import { createEventQueue, type EventQueue } from './calls/event-queue.ts';
import { createRunCalls, type Ending, type RunCalls } from './calls/run-calls.ts';
import { type ComposeInput, type ComposeOptions, PARALLEL_DRAFTS } from './compose-options.ts';
import { makeDrafts } from './drafts/make-drafts.ts';
import { gatherKnownWork, type KnownWork, redraftProblem } from './known-work.ts';
import { answerToIntent } from './plan/answer-to-intent.ts';
import { repairPlan } from './plan/repair-plan.ts';
import { reusedSkills } from './plan/reused-skills.ts';
import { classificationCall } from './prompts/classification.ts';
import { planCall } from './prompts/plan.ts';
import { trySkills } from './trials/try-skills.ts';
import { writeAllEvals } from './trials/write-evals.ts';

/**
 * Yields the events of a run but `run` and `receipt`, which are the caller's. The last one is `done`, `failed` or, when `signal` was
 * aborted, `cancelled`; by then every call has ended. Leaving the loop early stops the run too. It throws for bugs only.
 */
export async function* compose(
  input: ComposeInput,
  ask: Ask,
  catalog: readonly PublishedSkill[],
  options: ComposeOptions,
): AsyncGenerator<ComposeEvent, void, undefined> {
  const queue = createEventQueue();
  const calls = createRunCalls(ask, queue, input.caps ?? {}, options);
  const cancel = (): void => calls.endNow({ kind: 'cancelled' }, options.signal.reason);
  options.signal.addEventListener('abort', cancel, { once: true });
  if (options.signal.aborted) cancel();

  const run = composeAll({ input, catalog, options, queue, calls }).then(queue.close, queue.fail);
  try {
    do {
      for (const event of queue.take()) yield event;
    } while (await queue.more());
  } finally {
    options.signal.removeEventListener('abort', cancel);
    cancel();
    await run;
  }
}

// Published skills that are offered to the planner. Similarity alone does not tell right from wrong (a right match scored 0.16, a wrong one
// 0.12), so that the model chooses among a few.
const SHORTLIST_SIZE = 8;

interface Run {
  readonly input: ComposeInput;
  readonly catalog: readonly PublishedSkill[];
  readonly options: ComposeOptions;
  readonly queue: EventQueue;
  readonly calls: RunCalls;
}

async function composeAll(run: Run): Promise<void> {
  const { input, catalog, options, queue, calls } = run;
  const problem = problemOf(run);
  if (problem) return finish(run, { kind: 'failed', failure: problem });

  if (input.trial) return tryThem(run, input.trial);
  const known = gatherKnownWork(input.redraft, options.recorded);
  const intent = await findIntent(run, known);
  if (intent.kind !== 'value') return finish(run, intent);
  const made = await makePlan(run, known, intent.value);
  if (made.kind !== 'value') return finish(run, made);
  const planned = await lookedAt(run, intent.value, made.value);
  if (!planned) return finish(run, { kind: 'stopped' });

  for (const skill of reusedSkills(planned.plan, catalog)) queue.push({ event: 'reused', data: skill });
  const { drafts, bodies, failure } = await makeDrafts({
    goal: input.goal,
    intent: planned.intent,
    plan: planned.plan,
    known,
    catalog,
    options,
    queue,
    calls,
  });
  if (calls.ending()) return finish(run, { kind: 'stopped' });
  if (drafts === 0 && failure) return finish(run, { kind: 'failed', failure });
  if (input.evals) await writeAllEvals({ goal: input.goal, plan: planned.plan, bodies, calls, queue });
  if (calls.ending()) return finish(run, { kind: 'stopped' });
  queue.push({ event: 'done', data: { drafts } });
}

/** Tries skills that are there; no plan is made and nothing is drafted. */
async function tryThem(run: Run, trial: TrialRequest): Promise<void> {
  const { input, catalog, options, queue, calls } = run;
  const { goal, provider = '', model = '' } = input;
  const parallel = options.parallelDrafts ?? PARALLEL_DRAFTS;
  const { tried, failure } = await trySkills({
    goal,
    trial,
    catalog,
    calls,
    queue,
    provider,
    model,
    parallel,
  });
  if (calls.ending()) return finish(run, { kind: 'stopped' });
  if (tried === 0 && failure) return finish(run, { kind: 'failed', failure });
  queue.push({ event: 'done', data: { drafts: 0 } });
}

function problemOf({ input, options }: Run): ReturnType<typeof redraftProblem> {
  if (input.caps?.costUsd !== undefined && options.estimateUsd(1_000, 1_000) === null)
    return ENGINE_FAILURES.priceUnknown;
  if (input.trial && input.redraft) return badRedraft('Skills are tried or redone, not both in one run.');
  return input.redraft && redraftProblem(input.redraft);
}

async function findIntent({ input, queue, calls }: Run, known: KnownWork): Promise<Outcome<Intent>> {
  if (known.intent) return { kind: 'value', value: known.intent };
  queue.push({ event: 'phase', data: { phase: 'classifying', state: 'start' } });
  const answer = await askStructured(calls, classificationCall(input.goal), CLASSIFICATION_FORM);
  if (answer.kind !== 'value') return answer;
  const intent = answerToIntent(answer.value);
  queue.push({ event: 'intent', data: intent });
  if (intent.kind === 'refused') return { kind: 'failure', failure: ENGINE_FAILURES.notPlanned };
  if (intent.kind === 'unsupported' || intent.capabilities.length === 0)
    return { kind: 'failure', failure: ENGINE_FAILURES.unsupported };
  queue.push({ event: 'phase', data: { phase: 'classifying', state: 'done' } });
  return { kind: 'value', value: intent };
}

interface Made {
  readonly plan: Plan;
  /** Published skills that are near; empty for a plan that was made before. */
  readonly near: readonly PublishedSkill[];
}

async function makePlan(
  { input, catalog, queue, calls }: Run,
  known: KnownWork,
  intent: Intent,
): Promise<Outcome<Made>> {
  if (known.plan) return { kind: 'value', value: { plan: known.plan, near: [] } };
  queue.push({ event: 'phase', data: { phase: 'planning', state: 'start' } });
  const near = shortlist(catalog, input.goal, intent);
  const read = createPlannedReader();
  const answer = await askStructured(calls, planCall(input.goal, intent, near), PLAN_FORM, (delta) => {
    for (const data of read(delta)) queue.push({ event: 'planned', data });
  });
  if (answer.kind !== 'value') return answer;
  const plan = repairPlan(answer.value, intent, catalog, input.goal);
  queue.push({ event: 'plan', data: plan });
  queue.push({ event: 'phase', data: { phase: 'planning', state: 'done' } });
  return { kind: 'value', value: { plan, near } };
}

/** The user's look at a plan that was just made, where they want one; undefined when the run ended meanwhile. */
async function lookedAt(
  { options, queue, calls }: Run,
  intent: Intent,
  { plan, near }: Made,
): Promise<{ readonly intent: Intent; readonly plan: Plan } | undefined> {
  if (!options.review || near.length + plan.items.length === 0) return { intent, plan };
  const offers = near.map(({ owner, name, version, description }) => ({ owner, name, version, description }));
  const reviewed = await options.review({ intent, plan, offers }, (data) =>
    queue.push({ event: 'review', data }),
  );
  if (!reviewed || calls.ending()) return undefined;
  if (reviewed.intent !== intent) queue.push({ event: 'intent', data: reviewed.intent });
  if (reviewed.plan !== plan) queue.push({ event: 'plan', data: reviewed.plan });
  queue.push({ event: 'review', data: { state: 'over', by: reviewed.by } });
  return reviewed;
}

/** A short catalogue is offered whole: a goal in another language shares no words with it. */
function shortlist(
  catalog: readonly PublishedSkill[],
  goal: string,
  intent: Intent,
): readonly PublishedSkill[] {
  if (catalog.length <= SHORTLIST_SIZE) return catalog;
  const query = [goal, intent.summary, ...intent.capabilities.map(({ need }) => need)].join('\n');
  return indexSkills(catalog).search(query, SHORTLIST_SIZE);
}

/** The last event. A reason that ended all calls comes before the result of the last one. */
function finish({ queue, calls }: Run, how: Ending | Exclude<Outcome<never>, { kind: 'value' }>): void {
  const ending = calls.ending();
  if (ending?.kind === 'cancelled') queue.push({ event: 'cancelled', data: {} });
  else if (ending) queue.push({ event: 'failed', data: { error: ending.failure } });
  else if (how.kind === 'failure' || how.kind === 'failed')
    queue.push({ event: 'failed', data: { error: how.failure } });
}
