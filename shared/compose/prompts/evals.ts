import * as z from 'zod/mini';
import type { ModelCall } from '../ask.ts';
import { DATA_RULE, fence } from '../fence.ts';
import { strictJsonSchema } from './strict-json-schema.ts';

/** Wider than the contract's evals: what is too long or too many is cut, which saves a repair call. */
export const evalsAnswer = z.object({
  load: z.array(z.string()).check(z.minLength(3)),
  skip: z.array(z.string()).check(z.minLength(3)),
  task: z.object({
    prompt: z.string().check(z.minLength(1)),
    files: z.array(z.object({ path: z.string(), content: z.string() })),
    expectations: z
      .array(z.object({ text: z.string(), contains: z.array(z.string()), absent: z.array(z.string()) }))
      .check(z.minLength(1)),
  }),
});
export type EvalsAnswer = z.infer<typeof evalsAnswer>;

const JSON_SCHEMA = strictJsonSchema(evalsAnswer);

const SYSTEM = `You are the testing step of Oneturn, which turns one goal into agent skills. For one skill you write how it will be tried. An agent sees only the names and descriptions of all its skills and loads one when a user's message calls for it; the skill's text is read after that.

${DATA_RULE}

Answer with one JSON object.
"load": ten messages of users that should make an agent load this skill. Write as people do: some short and careless, some long with file names and circumstances, some that never use the skill's own words. Each asks for what this skill does; no two are the same request in other words.
"skip": ten near misses. Each has words or files in common with the skill and yet asks for something else: the work of a sibling, the same thing for another kind of input, a question about the subject, a step before or after. A message that anybody sees is unrelated teaches nothing.
"task": one thing to do with the skill, small enough that an agent without tools can do it in one answer.
- "prompt": the user's message.
- "files": the fixture, at most three small text files, forty lines each at most, with a trap in them that the skill says how to handle. "path" is a plain file name. No real person's data.
- "expectations": three to six. "text" says in one sentence what the answer must show, so that a stranger can decide it by looking: "Lists exactly the two late borrowers", never "is well written". "contains" has short texts that must stand in the answer letter by letter (a name, a number that you worked out from the fixture), "absent" those that must not; leave both empty where wording may differ.
Work out from the fixture yourself what is right before you write an expectation. All text in the language of the goal.`;

/** A skill that evals are written for, and its neighbours, by which near misses are made. */
export interface EvalsTask {
  readonly goal: string;
  readonly item: string;
  readonly name: string;
  readonly description: string;
  readonly body: string;
  readonly siblings: readonly { readonly name: string; readonly description: string }[];
  /** There is more than one such call. */
  readonly several: boolean;
}

/** Asks for a skill's evals, once its text is there. */
export function evalsCall({ goal, item, name, description, body, siblings, several }: EvalsTask): ModelCall {
  const shared = [fence('goal', goal), ''].join('\n\n');
  return {
    id: `evals-${item}`,
    phase: 'analyzing',
    item,
    system: SYSTEM,
    user:
      shared +
      [
        fence('siblings', JSON.stringify(siblings)),
        fence('item', JSON.stringify({ name, description })),
        fence('draft', body),
        'Write how this skill is tried, as one JSON object.',
      ].join('\n\n'),
    ...(several && { sharedChars: shared.length }),
    maxOutputTokens: 6_000,
    effort: 'low',
    schema: { name: 'evals', json: JSON_SCHEMA },
  };
}
