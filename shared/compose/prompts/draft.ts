import type { Intent, Plan, PlanItem } from '../../contract/plan.ts';
import type { ModelCall } from '../ask.ts';
import { DATA_RULE, fence } from '../fence.ts';

const SYSTEM = `You are the writing step of Oneturn, which turns one goal into agent skills. You write the body of one skill: the Markdown below the front matter of a SKILL.md. An AI agent that knows nothing of this conversation will load it in the middle of someone's task and follow it. Its name and description are in the item; the front matter is made from them by a program.

${DATA_RULE}

Your output is the Markdown body and nothing else: no front matter, no code fence around the whole, no words before or after it. Begin with "# " and a title.

What makes it good
- Write for a capable agent: only what it would get wrong without this text. No general knowledge, no praise of quality, no "be careful". If a line would be true in any skill, drop it.
- A procedure, not a declaration: numbered steps in the imperative, each with what to look at, what to do and what to have afterwards. One default way, and one way out for when it does not apply; never a menu of equal options.
- The user's own facts from the goal belong in it, exactly: file names, fields, commands, limits, dates, recipients, tone, language. Where you need a fact that you do not have, tell the agent how to find it or to ask once. Never invent an address, a path, an API or a number.
- Give the reason where a step looks odd, because an agent keeps a rule that it understands: "Read the totals back from the file, because the writer rounds".
- Have these parts, under headings of your own choice: the steps; a gotchas list of the traps of this very task and what to do in each; a template of the output in a code block, filled with a short realistic example; a checklist at the end that the agent checks its result against, with what to do when a check fails (repair and check again).
- What deletes, overwrites, sends, pays or publishes goes in three steps: write down what will be done, have it checked or confirmed, then do it. Say what cannot be undone.
- Stay inside the item. What another skill of the plan does, leave to it by name.
- Name only files that the task itself has, and of the skill's own those under "files" of the item. Each of them is named at the step that needs it, by its path from the skill's folder, with what to do: a script is run ("Run \`python scripts/read-log.py <log>\`": say its arguments and what it prints, for it is written after this text and from it), a reference is read, and only then ("Read references/fields.md when a field is not in the table above"). What stands in a file is not repeated here. Without "files" the skill is this one file: it has no scripts, references or assets to point to. Tools only as the item allows.
- Nothing unsafe: no secrets in text or arguments, no download piped into a shell, no switched-off checks, no instruction to hide anything from the user or to override what the agent was told elsewhere.
- 60 to 150 lines are usual, 300 the most. Short sentences. In the language of the goal.

Example, for an item "remind-late-returns" of a village seed library
# Remind late returns

Produces one reminder per late borrower in reminders.md. Nothing is sent: the user reads and sends them.

## Steps
1. Read ledger.xlsx, first sheet. Expect the columns borrower, variety, borrowed, returned. If a column is missing, show the header row and ask which one to use.
2. A loan is late when \`returned\` is empty and today is after 15 October of the year of \`borrowed\`. Any quantity returned counts, because poor harvests are forgiven here.
3. Group late loans by borrower, ignoring case and spaces around names: one person gets one reminder however many loans they have.
4. Write reminders.md in the shape below, borrowers in alphabetical order. If the file exists, write reminders-2.md and say so, for the old one may have been edited.
5. Tell the user how many reminders there are and which names you merged in step 3.

## Gotchas
- "Same as last year" in \`returned\` is a note, not a return. Treat it as empty.
- Excel stores dates as numbers. Convert before comparing; 45,000 is in 2023.
- Two borrowers can share a surname. Merge only identical full names.

## Output
\`\`\`markdown
## Ines Okafor
Dear Ines, thank you for growing Runner Bean "Moonlight" with us this year. If you saved any seed, even a handful, the shelf by the door is open on Saturdays. If it failed, just tell us and we will cross it off.
\`\`\`

## Check before you finish
- [ ] Every late borrower appears once, and nobody who returned anything appears.
- [ ] Each reminder names the variety and thanks before it asks.
- [ ] No reminder mentions a fine or another borrower.
If one fails, correct reminders.md and go through the list again.`;

/** Why a draft is written again: a reviewer's notes on a draft, or an answer that could not be used, with its faults. */
export type Rewrite =
  | { readonly kind: 'notes'; readonly body: string; readonly notes: readonly string[] }
  | { readonly kind: 'again'; readonly orders: readonly string[] };

/** What all drafts of a run are written from. `several`: there is more than one, so that what they share is worth keeping. */
export interface DraftMaterial {
  readonly goal: string;
  readonly intent: Intent;
  readonly plan: Plan;
  readonly several?: boolean;
}

/** `revision` counts from 1. */
export function draftCall(
  { goal, intent, plan, several = false }: DraftMaterial,
  item: PlanItem,
  revision: number,
  rewrite?: Rewrite,
): ModelCall {
  const { ref: _unknown, ...task } = item;
  const skills = plan.items.map(({ name, description }) => ({ name, description }));
  const shared = [
    fence('intent', JSON.stringify(intent)),
    fence('goal', goal),
    fence('plan', JSON.stringify(skills)),
    '',
  ].join('\n\n');
  const own = [fence('item', JSON.stringify(task))];
  if (rewrite?.kind === 'notes')
    own.push(fence('notes', JSON.stringify(rewrite.notes)), fence('draft', rewrite.body));
  return {
    id: `draft-${item.id}-${revision}`,
    phase: 'drafting',
    item: item.id,
    system: SYSTEM,
    user: shared + [...own, orderFor(rewrite)].join('\n\n'),
    ...(several && { sharedChars: shared.length }),
    maxOutputTokens: 12_000,
  };
}

function orderFor(rewrite: Rewrite | undefined): string {
  switch (rewrite?.kind) {
    case 'notes':
      return 'Write the body of this item again. Repair what the notes of the reviewer say about the draft, keep what they do not mention, and return the whole body, Markdown only. No word about the notes or about what you changed.';
    case 'again':
      return [
        'Your last answer could not be used.',
        ...rewrite.orders,
        'Write the body of this item, Markdown only.',
      ].join(' ');
    case undefined:
      return 'Write the body of this item, Markdown only.';
  }
}
