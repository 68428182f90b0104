import { readFileSync, statSync } from 'node:fs';
import * as z from 'zod/mini';
import { failureBody } from '../../shared/contract/failure.ts';
import { type Intent, type Plan, plan } from '../../shared/contract/plan.ts';
import type { ReviewAnswer } from '../../shared/contract/review.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { SkillFolder } from './skill-folder.ts';

const FILE = 'plan.json';
const LOOK_EVERY_MS = 250;
const edited = z.object({
  plan,
  questions: z.optional(z.array(z.object({ id: z.string(), answer: z.string() }))),
});

export interface ReviewTask {
  readonly server: string;
  readonly runId: string;
  readonly folder: SkillFolder;
  readonly plan: Plan;
  readonly intent: Intent | undefined;
  readonly say: (line: string) => void;
}

/** A plan to be edited as a file, in the user's own editor: saving it, or Enter in a terminal, has it drafted as it stands there. */
export class PlanReview {
  readonly #task: ReviewTask;
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;
  readonly #onEnter = (): void => void this.#send();
  #seen: number;
  #sending = false;

  constructor(task: ReviewTask) {
    this.#task = task;
    const questions = (task.intent?.questions ?? []).map(({ id, text, default: answer }) => ({
      id,
      question: text,
      answer,
    }));
    this.#path = task.folder.writeFile(FILE, `${JSON.stringify({ questions, plan: task.plan }, null, 2)}\n`);
    this.#seen = statSync(this.#path).mtimeMs;
    this.#timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    if (process.stdin.isTTY) process.stdin.on('data', this.#onEnter).resume();
    task.say(`The plan is in ${this.#path}. Change it and save, and it is drafted as it stands there.`);
    task.say(
      process.stdin.isTTY
        ? 'Enter drafts it as it is. Without either the run goes on by itself after three minutes.'
        : 'Without a change the run goes on by itself after three minutes.',
    );
    void this.#post({ touch: true });
  }

  stop(): void {
    clearInterval(this.#timer);
    if (process.stdin.isTTY) process.stdin.off('data', this.#onEnter).pause();
  }

  #look(): void {
    const { mtimeMs } = statSync(this.#path, { throwIfNoEntry: false }) ?? { mtimeMs: this.#seen };
    if (mtimeMs === this.#seen) return;
    this.#seen = mtimeMs;
    void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    try {
      const answer = this.#read();
      const problem = answer ? await this.#post(answer) : `${this.#path} is no plan any more.`;
      if (problem !== undefined) this.#task.say(`${problem} Change it and save again.`);
    } finally {
      this.#sending = false;
    }
  }

  #read(): ReviewAnswer | undefined {
    try {
      const parsed = z.safeParse(edited, JSON.parse(readFileSync(this.#path, 'utf8')));
      if (!parsed.success) return undefined;
      const { plan: changed, questions = [] } = parsed.data;
      return {
        plan: changed,
        answers: Object.fromEntries(questions.map(({ id, answer }) => [id, answer])),
      };
    } catch {
      // half written, or not JSON
      return undefined;
    }
  }

  /** Returns a sentence on what is wrong with the plan. That the run went on meanwhile shows in its events. */
  async #post(body: ReviewAnswer): Promise<string | undefined> {
    const { server, runId } = this.#task;
    const response = await fetch(new URL(ROUTES.byoPlan(runId), server), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
    }).catch(() => undefined);
    if (!response || response.ok || response.status === 404) return undefined;
    const parsed = z.safeParse(failureBody, await response.json().catch(() => undefined));
    return parsed.success ? parsed.data.error.message : 'The server did not take the plan.';
  }
}
