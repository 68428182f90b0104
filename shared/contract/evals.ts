import * as z from 'zod/mini';
import { draftFile, MAX_DRAFT_FILES, MAX_ITEMS, SKILL_NAME } from './plan.ts';

const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const line = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const skillName = z.string().check(z.regex(SKILL_NAME), z.maxLength(64));

/** How many prompts of each kind a skill may have; the engine writes ten. */
export const MAX_EVAL_PROMPTS = 20;
export const MAX_EVAL_PROMPT_CHARS = 500;
export const MAX_EXPECTATIONS = 10;
/** What is kept of a task's answer. */
export const MAX_TRIAL_ANSWER_CHARS = 20_000;

/** A file of a task's fixture: a plain name and a text. */
export const evalFile = z.object({
  path: z.string().check(
    z.regex(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[a-z0-9_][\w.-]{0,58}\w$/i, {
      error: 'A file of the fixture has a plain name: orders.csv.',
    }),
  ),
  content: z.string().check(z.maxLength(10_000)),
});
export type EvalFile = z.infer<typeof evalFile>;

/**
 * What a task's answer must show, in a sentence. Every text of `contains` must stand in the answer and none of `absent`, whatever their case
 * and blanks; that much is checked without a model.
 */
export const expectation = z.object({
  text: line(300),
  contains: z.optional(z.array(line(200)).check(z.maxLength(8))),
  absent: z.optional(z.array(line(200)).check(z.maxLength(8))),
});
export type Expectation = z.infer<typeof expectation>;

/** One thing to do with the skill, small enough for one answer. */
export const evalTask = z.object({
  prompt: line(2000),
  files: z.array(evalFile).check(z.maxLength(4)),
  expectations: z.array(expectation).check(z.minLength(1), z.maxLength(MAX_EXPECTATIONS)),
});
export type EvalTask = z.infer<typeof evalTask>;

const prompts = z.array(line(MAX_EVAL_PROMPT_CHARS)).check(z.maxLength(MAX_EVAL_PROMPTS));

/** How a skill is tried: prompts that should load it, near misses that should not (`skip`), and a task. `item` is the plan's. */
export const skillEvals = z.object({ item: id, load: prompts, skip: prompts, task: z.optional(evalTask) });
export type SkillEvals = z.infer<typeof skillEvals>;

/** `chosen` has the names of the skills that the model would load; null: it did not say. */
const triedPrompt = z.object({
  text: line(MAX_EVAL_PROMPT_CHARS),
  should: z.boolean(),
  chosen: z.nullable(z.array(line(64)).check(z.maxLength(16))),
});
export type TriedPrompt = z.infer<typeof triedPrompt>;

/** Whether the answer meets an expectation; null: nobody can say. `by`: a rule found the texts, or a model judged. */
const verdict = z.object({
  text: line(300),
  passed: z.nullable(z.boolean()),
  by: z.enum(['rule', 'judge']),
  why: z.string().check(z.maxLength(500)),
});
export type TrialVerdict = z.infer<typeof verdict>;

/**
 * What came of trying one skill. `digest` is the draft's: of another text than the present one it says nothing. `problem` is a sentence on
 * what is missing. It grows while it is tried, so that what was paid for stays.
 */
export const trial = z.object({
  item: id,
  digest: z.string().check(z.maxLength(80)),
  provider: z.string().check(z.maxLength(64)),
  model: z.string().check(z.maxLength(128)),
  prompts: z.array(triedPrompt).check(z.maxLength(2 * MAX_EVAL_PROMPTS)),
  task: z.optional(
    z.object({
      answer: z.string().check(z.maxLength(MAX_TRIAL_ANSWER_CHARS)),
      verdicts: z.array(verdict).check(z.maxLength(MAX_EXPECTATIONS)),
    }),
  ),
  problem: z.optional(z.string().check(z.maxLength(1000))),
});
export type Trial = z.infer<typeof trial>;

const named = z.strictObject({ name: skillName, description: line(1024) });

/**
 * "Try it": skills with their texts, to be tried among each other, `others` of their plan and the catalogue's. Evals that are missing are
 * written first.
 */
export const trialRequest = z.strictObject({
  items: z
    .array(
      z.strictObject({
        id,
        ...named.shape,
        body: line(100_000),
        files: z.optional(z.array(draftFile).check(z.maxLength(MAX_DRAFT_FILES))),
        digest: z.string().check(z.maxLength(80)),
        evals: z.optional(skillEvals),
      }),
    )
    .check(
      z.minLength(1),
      z.maxLength(MAX_ITEMS),
      z.refine((items) => new Set(items.map((item) => item.id)).size === items.length, {
        error: 'Two skills to try have the same id.',
      }),
      z.refine((items) => new Set(items.map(({ name }) => name)).size === items.length, {
        error: 'Two skills to try have the same name. Rename one.',
      }),
    ),
  others: z.array(named).check(z.maxLength(MAX_ITEMS)),
});
export type TrialRequest = z.infer<typeof trialRequest>;
/** One skill with its text, and how it is tried where that is known. */
export type TrialItem = TrialRequest['items'][number];
