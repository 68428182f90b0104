import * as z from 'zod/mini';
import type { ModelCall } from '../ask.ts';
import { DATA_RULE, fence } from '../fence.ts';
import { strictJsonSchema } from './strict-json-schema.ts';

/** The schema of the answer of `classifying`. Wider than the contract's intent, whose bounds `answerToIntent` applies. */
export const classificationAnswer = z
  .object({
    kind: z.enum(['single', 'bundle', 'unsupported', 'refused']),
    reason: z.string(),
    summary: z.string(),
    capabilities: z.array(z.object({ id: z.string(), need: z.string() })),
    constraints: z.array(z.string()),
    assumptions: z.array(z.object({ statement: z.string(), question: z.string(), answer: z.string() })),
  })
  .check(
    z.refine(({ kind, capabilities }) => endsTheRun(kind) || capabilities.length > 0, {
      path: ['capabilities'],
    }),
  );

/** For these two kinds there is nothing to plan. */
export function endsTheRun(kind: string): boolean {
  return kind === 'unsupported' || kind === 'refused';
}

export type ClassificationAnswer = z.infer<typeof classificationAnswer>;

const JSON_SCHEMA = strictJsonSchema(classificationAnswer);

const SYSTEM = `You are the intake step of Oneturn, which turns one goal into agent skills. An agent skill is a SKILL.md file: instructions that an AI agent loads when a task calls for them, and then follows with the tools it has (files, a shell, perhaps a browser). You say what the goal asks for. Later steps plan and write the skills.

${DATA_RULE}

Answer with one JSON object:
- "kind": "single" when one skill does it, "bundle" when the work has parts that are useful at different times or by themselves. Prefer "single" when unsure. "unsupported" when there is nothing to write instructions for: an empty wish, a mere question, work that only hands can do. "refused" only when it is meant to harm people or to break into systems of others; testing or protecting one's own is not.
- "reason": for "unsupported" one sentence that says what is missing and what the user could add; for "refused" one that says why. Empty otherwise.
- "summary": one sentence in the user's words, starting with a verb.
- "capabilities": the separate things the agent must be able to do, each with an "id" (c1, c2, ...) and a "need". A need is one sentence with the user's own facts in it: file names, tools, places, formats, people, amounts. Two to six are usual. Do not split one procedure into its steps. Empty only when the kind is "unsupported" or "refused".
- "constraints": limits that the user stated, each complete by itself: what must never happen, deadlines, formats, languages, tools. Empty when there are none; do not invent any.
- "assumptions": what you had to take for granted and the user could correct, those first whose other answer would change the most. "statement" names the choice you made: "The ledger's first sheet has the loans". "question" asks the user for it: "Which sheet of the ledger has the loans?". "answer" is your choice in a few words: "The first one". At most eight; the first four are asked.

Write in the language of the goal. Leave out nothing concrete: what is not in your answer may be lost.

Example
<goal>
We're a village seed library. In spring people borrow envelopes, in autumn they return seed. I need label text for the envelopes out of ledger.xlsx (variety, year, sow depth), and friendly reminders for those who returned nothing by 15 October. Nothing is ever sent before I've read it.
</goal>
{"kind":"bundle","reason":"","summary":"Write seed envelope labels from the ledger and draft reminders for late returns","capabilities":[{"id":"c1","need":"Write the label text for each envelope (variety, year, sow depth) from ledger.xlsx"},{"id":"c2","need":"Find the borrowers in ledger.xlsx who returned nothing by 15 October"},{"id":"c3","need":"Draft a friendly reminder to each late borrower for the user to read first"}],"constraints":["Nothing is sent before the user has read it"],"assumptions":[{"statement":"Reminders are e-mails","question":"How do reminders reach the borrowers?","answer":"By e-mail"},{"statement":"ledger.xlsx has one row per loan with borrower, variety, year, sow depth and return date","question":"What does one row of ledger.xlsx stand for?","answer":"One loan, with borrower, variety, year, sow depth and return date"}]}`;

/** The first call of a run. The goal stands in a fence, since it was typed elsewhere and gives no orders. */
export function classificationCall(goal: string): ModelCall {
  return {
    id: 'classify',
    phase: 'classifying',
    system: SYSTEM,
    user: `${fence('goal', goal)}\n\nSay what this goal asks for, as one JSON object.`,
    maxOutputTokens: 8_000,
    schema: { name: 'classification', json: JSON_SCHEMA },
  };
}
