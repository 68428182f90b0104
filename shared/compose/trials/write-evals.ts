import type { SkillEvals } from '../../contract/evals.ts';
import type { Plan } from '../../contract/plan.ts';
import { EVALS_FORM } from '../answers/forms/evals-form.ts';
import { askStructured, type Outcome } from '../calls/ask-structured.ts';
import type { EventQueue } from '../calls/event-queue.ts';
import { createLimit } from '../calls/limit-parallel.ts';
import type { RunCalls } from '../calls/run-calls.ts';
import { type EvalsTask, evalsCall } from '../prompts/evals.ts';
import { answerToEvals } from './answer-to-evals.ts';

const PARALLEL = 4;

/** Has the evals of one skill written, in one structured call. */
export async function writeEvals(calls: RunCalls, task: EvalsTask): Promise<Outcome<SkillEvals>> {
  const answer = await askStructured(calls, evalsCall(task), EVALS_FORM);
  return answer.kind === 'value' ? { kind: 'value', value: answerToEvals(answer.value, task.item) } : answer;
}

interface AllEvals {
  readonly goal: string;
  readonly plan: Plan;
  /** The drafts' texts by the names of their skills. */
  readonly bodies: ReadonlyMap<string, string>;
  readonly calls: RunCalls;
  readonly queue: EventQueue;
}

/** Has the evals of all drafts written. One that fails is left out: it can be written when its skill is tried. */
export async function writeAllEvals({ goal, plan, bodies, calls, queue }: AllEvals): Promise<void> {
  const drafted = plan.items.filter(({ action, name }) => action === 'create' && bodies.has(name));
  const lane = createLimit(PARALLEL);
  await Promise.all(
    drafted.map(async ({ id, name, description }) => {
      const siblings = plan.items
        .filter((other) => other.id !== id)
        .map((other) => ({ name: other.name, description: other.description }));
      const body = bodies.get(name) ?? '';
      const task = { goal, item: id, name, description, body, siblings, several: drafted.length > 1 };
      const written = await lane(() => writeEvals(calls, task));
      if (written.kind === 'value') queue.push({ event: 'evals', data: written.value });
    }),
  );
}
