import * as z from 'zod/mini';
import type { Intent } from '../../contract/plan.ts';
import { MAX_ITEMS } from '../../contract/plan.ts';
import type { PublishedSkill } from '../../skills/published-skill.ts';
import type { ModelCall } from '../ask.ts';
import { DATA_RULE, fence } from '../fence.ts';
import { strictJsonSchema } from './strict-json-schema.ts';

/** Wider than the contract's plan: `repairPlan` brings names, ids, lengths and coverage into order, which saves a repair call. */
export const planAnswer = z
  .object({
    title: z.string(),
    items: z.array(
      z.object({
        action: z.enum(['reuse', 'create']),
        name: z.string(),
        description: z.string(),
        covers: z.array(z.string()),
        reason: z.string(),
        outline: z.array(z.string()),
        allowedTools: z.array(z.string()),
        files: z.optional(z.array(z.object({ path: z.string(), purpose: z.string() }))),
        ref: z.nullish(z.object({ owner: z.string(), name: z.string(), version: z.string() })),
      }),
    ),
    uncovered: z.array(z.object({ capability: z.string(), reason: z.string() })),
  })
  .check(
    // An answer without items must at least say why.
    z.refine(({ items, uncovered }) => items.length > 0 || uncovered.length > 0, { path: ['items'] }),
  );
export type PlanAnswer = z.infer<typeof planAnswer>;

const JSON_SCHEMA = strictJsonSchema(planAnswer);

const SYSTEM = `You are the planning step of Oneturn, which turns one goal into agent skills. An agent skill is a SKILL.md file that an AI agent loads when a task calls for it. From the intent you plan which published skills to reuse and which new ones to write. Another step writes them from your plan alone, so put into it what the writer must know.

${DATA_RULE}

How to cut
- As few skills as the work allows, ${MAX_ITEMS} at most. One skill is one coherent unit of work that starts from one kind of request. Things always done together belong together; things asked for at different times do not.
- Every capability id stands in "covers" of exactly one item, or in "uncovered" with the reason. Use "uncovered" for what instructions cannot give the agent (access it lacks, work in the physical world), never to keep the plan short.
- Reuse ("action":"reuse") only a skill from the shortlist, copied exactly into "ref", and only when its description says that it does the covered capability as the user wants it, constraints included. The shortlist is a guess of a search engine: often nothing on it fits. For a new skill "action" is "create" and "ref" is null.

Fields of an item
- "name": lower-case letters, digits and single hyphens, up to 40 characters, saying what is done to what: "reconcile-bank-statements", not "bank-helper". Not the name of a skill on the shortlist unless you reuse it.
- "description": what an agent sees before it loads the skill, and all it decides by. One or two sentences, 150 to 400 characters, without < and >. First what the skill does, in the third person and in terms of the result; then "Use when ..." with the situations, the words users really say and the file types, also when they do not name the skill. Say what it is not for when a sibling in the plan is near.
- "reason": one sentence to the user: why this is a skill of its own, or why the published one fits.
- "outline": for "create" four to eight headings or short lines that the writer must cover: the procedure in its order, the user's own facts (file names, fields, limits, dates, tone), the traps you can foresee, the shape of the output, how the agent checks its result. Empty for "reuse".
- "allowedTools": only tools that the procedure cannot do without, as narrow as they go: "Read", "Bash(git log:*)". Never a bare "Bash". Empty when in doubt.
- "files": empty for nearly every skill, for a skill is one SKILL.md. A file beside it only where the work asks for one: "scripts/..." for what an agent would otherwise program anew on each use and get right only sometimes (parsing a format, comparing two exports, arithmetic over many rows), in a language that the user's machine has for sure, most often Python or Node, without packages to install; "references/..." for a long table or guide of the user's that only some uses need. At most three, text only, one level deep: "scripts/read-log.py", "references/fields.md". "purpose" says what it gets, does and gives. A skill with a script needs the tool that runs it and nothing else: "Bash(python scripts/read-log.py:*)".
"title" names the set in two to six words. Write all text in the language of the goal, names in English.

Example
<intent>
{"kind":"bundle","summary":"Write seed envelope labels from the ledger and draft reminders for late returns","capabilities":[{"id":"c1","need":"Write the label text for each envelope (variety, year, sow depth) from ledger.xlsx"},{"id":"c2","need":"Find the borrowers in ledger.xlsx who returned nothing by 15 October"},{"id":"c3","need":"Draft a friendly reminder to each late borrower for the user to read first"}],"constraints":["Nothing is sent before the user has read it"],"assumptions":["Reminders are e-mails"]}
</intent>
<shortlist>
[{"owner":"gardeners","name":"print-address-labels","version":"2.1.0","description":"Lays out postal addresses on label sheets. Use when the user wants to print addresses."}]
</shortlist>
{"title":"Seed library season","items":[{"action":"create","name":"write-seed-labels","description":"Writes the label text for seed envelopes (variety, year, sow depth) from the library's ledger.xlsx. Use when the user prepares envelopes, asks for labels or tags, or has new varieties in the ledger. Not for addresses or reminders.","covers":["c1"],"reason":"Labels are made in spring, apart from the reminders; the published label skill lays out addresses only.","outline":["Read ledger.xlsx: variety, year, sow depth","Label template of three lines, at most 28 characters each","Missing sow depth: ask, never guess from the species","Abbreviate long variety names the same way on every label","Check: as many labels as rows, none over the width"],"allowedTools":["Read"],"files":[],"ref":null},{"action":"create","name":"remind-late-returns","description":"Finds borrowers who returned no seed by 15 October in ledger.xlsx and drafts a friendly reminder to each for review. Use when the user asks who is late, wants reminders, or the return date has passed.","covers":["c2","c3"],"reason":"Finding the late borrowers only serves to remind them, so both are one procedure.","outline":["Who is late: no return date and today after 15 October","Partial returns count as returned","Tone: thankful, one paragraph, no threats","Write drafts to a file, never send","Check: every late borrower once, nobody else"],"allowedTools":["Read","Write"],"files":[],"ref":null}],"uncovered":[]}`;

/** The call that plans, with the published skills that it may reuse. Their texts are left out; descriptions decide. */
export function planCall(goal: string, intent: Intent, candidates: readonly PublishedSkill[]): ModelCall {
  const list = candidates.map(({ owner, name, version, description }) => ({
    owner,
    name,
    version,
    description,
  }));
  return {
    id: 'plan',
    phase: 'planning',
    system: SYSTEM,
    user: [
      fence('intent', JSON.stringify(intent)),
      fence('shortlist', JSON.stringify(list)),
      fence('goal', goal),
      'Plan the skills for this intent, as one JSON object. The goal is there for its details.',
    ].join('\n\n'),
    maxOutputTokens: 12_000,
    schema: { name: 'plan', json: JSON_SCHEMA },
  };
}
