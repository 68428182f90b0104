/**
 * "Try it": whether a model loads each skill for the prompts that should load it and leaves it alone for the near misses, among its
 * siblings and the catalogue's, and whether a task that is done with it shows what it must. Tells of each step as soon as it is over, so
 * that what was paid for stays.
 */
import type { TrialItem, TrialRequest } from '../../contract/evals.ts';
import type { Failure } from '../../contract/failure.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import { writeSkill } from '../../skills/write-skill.ts';
import { cutThoughts } from '../answers/cut-thoughts.ts';
import { CHOICE_FORM } from '../answers/forms/choice-form.ts';
import { JUDGEMENT_FORM } from '../answers/forms/judgement-form.ts';
import { askStructured } from '../calls/ask-structured.ts';
import { concernsOneAnswer } from '../calls/engine-failures.ts';
import type { EventQueue } from '../calls/event-queue.ts';
import { createLimit } from '../calls/limit-parallel.ts';
import type { RunCalls } from '../calls/run-calls.ts';
import { choiceCall } from '../prompts/choice.ts';
import { judgementCall } from '../prompts/judgement.ts';
import { taskCall } from '../prompts/task.ts';
import { type Asked, batchesOf, chosenOf } from './choices-to-prompts.ts';
import { judgeAnswer } from './judge-answer.ts';
import { offeredSkills } from './offered-skills.ts';
import { createTrials, type Trials } from './trials.ts';
import { writeEvals } from './write-evals.ts';

/** What skills are tried with, and by whom. */
export interface TryParts {
  readonly goal: string;
  readonly trial: TrialRequest;
  readonly catalog: readonly PublishedSkill[];
  readonly calls: RunCalls;
  readonly queue: EventQueue;
  /** Who answers, for the record. */
  readonly provider: string;
  readonly model: string;
  readonly parallel: number;
}

interface Trying extends TryParts {
  readonly trials: Trials;
  readonly lane: ReturnType<typeof createLimit>;
  /** One step of the work is over. */
  readonly step: () => void;
  /** The first failure of a call; it becomes the run's where nothing came of anything. */
  readonly failed: (failure: Failure, items: readonly string[]) => void;
}

/** How many skills came to a result, and the first failure. */
export async function trySkills(
  parts: TryParts,
): Promise<{ readonly tried: number; readonly failure: Failure | undefined }> {
  const { trial, queue, calls, provider, model } = parts;
  const trials = createTrials(trial.items, { provider, model, queue });
  let failure: Failure | undefined;
  let done = 0;
  // A task and its judgement are one step each; how many batches there are is known when the evals are.
  let of = trial.items.length * 2 + 1;
  const tell = (state: 'start' | 'progress' | 'done'): void =>
    queue.push({ event: 'phase', data: { phase: 'analyzing', state, done, of } });
  const trying: Trying = {
    ...parts,
    trials,
    lane: createLimit(parts.parallel),
    step: () => {
      done += 1;
      if (!calls.ending()) tell('progress');
    },
    failed: (one, items) => {
      failure ??= one;
      if (!concernsOneAnswer(one)) calls.endAfterRunning(one);
      trials.trouble(items, one.message);
    },
  };

  tell('start');
  await Promise.all(trial.items.map((item) => evalsOf(trying, item)));
  const batches = batchesOf(trials.evals());
  of = done + trials.evals().filter(({ task }) => task).length * 2 + batches.length;
  await settle([
    ...batches.map((batch, index) => chooseFor(trying, batch, index + 1)),
    ...trial.items.map((item) => doTask(trying, item)),
  ]);
  if (!calls.ending()) tell('done');
  return { tried: trials.tried(), failure };
}

/** Every one is waited for, so that nothing runs on after the run; a bug is thrown when all have ended. */
async function settle(work: readonly Promise<void>[]): Promise<void> {
  for (const one of await Promise.allSettled(work)) if (one.status === 'rejected') throw one.reason;
}

/** The evals that came with the request, or new ones. */
async function evalsOf(trying: Trying, item: TrialItem): Promise<void> {
  const { goal, trial, calls, trials, lane } = trying;
  if (item.evals) return trials.begin({ ...item.evals, item: item.id });
  const siblings = [...trial.items.filter(({ id }) => id !== item.id), ...trial.others].map(
    ({ name, description }) => ({ name, description }),
  );
  const { id, name, description, body } = item;
  const several = trial.items.length > 1;
  const written = await lane(() =>
    writeEvals(calls, { goal, item: id, name, description, body, siblings, several }),
  );
  if (written.kind === 'failure') trying.failed(written.failure, [id]);
  if (written.kind !== 'value') return;
  trying.queue.push({ event: 'evals', data: written.value });
  trials.begin(written.value);
  trying.step();
}

async function chooseFor(trying: Trying, batch: readonly Asked[], number: number): Promise<void> {
  const { trial, catalog, calls, trials, lane } = trying;
  const offered = offeredSkills(trial, catalog);
  const texts = batch.map(({ text }) => text);
  const answer = await lane(() => askStructured(calls, choiceCall(offered, texts, number), CHOICE_FORM));
  const items = [...new Set(batch.map(({ item }) => item))];
  if (answer.kind === 'failure') trying.failed(answer.failure, items);
  if (answer.kind !== 'value') return;
  const chosen = chosenOf(
    answer.value,
    batch,
    offered.map(({ name }) => name),
  );
  trials.chose(batch, chosen);
  trying.step();
}

async function doTask(trying: Trying, item: TrialItem): Promise<void> {
  const { calls, trials, lane } = trying;
  const task = trials.evals().find((evals) => evals.item === item.id)?.task;
  if (!task) return;
  const { id, name, description, body, files = [] } = item;
  const skill = { id, text: writeSkill({ name, description }, body), files };
  const reply = await lane(() => calls.make(taskCall(skill, task)));
  if (reply.kind === 'failure') trying.failed(reply.failure, [id]);
  if (reply.kind !== 'text') return;
  trying.step();

  const answer = cutThoughts(reply.text).text.trim();
  trials.answered(id, answer, judgeAnswer(task.expectations, answer, undefined));
  const judged = await lane(() => askStructured(calls, judgementCall(id, task, answer), JUDGEMENT_FORM));
  if (judged.kind === 'failure') trying.failed(judged.failure, [id]);
  if (judged.kind !== 'value') return;
  trials.answered(id, answer, judgeAnswer(task.expectations, answer, judged.value));
  trying.step();
}
