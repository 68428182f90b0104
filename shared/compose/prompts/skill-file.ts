import type { DraftFile, PlanItem, PlannedFile } from '../../contract/plan.ts';
import type { ModelCall } from '../ask.ts';
import { DATA_RULE, fence } from '../fence.ts';
import type { DraftMaterial } from './draft.ts';

const SYSTEM = `You are the writing step of Oneturn, which turns one goal into agent skills. You write one file that lies beside a SKILL.md. An AI agent follows the SKILL.md, which is finished and stands in <draft>, and runs or reads your file where it says so.

${DATA_RULE}

Your output is the content of the file and nothing else: no code fence around it, no words before or after it. It goes to disk as it is.

A script
- Takes the arguments that the SKILL.md gives it, and prints what the SKILL.md says it prints. Asks nothing while it runs, for nobody is there to answer. With --help, or without its arguments, it prints its usage.
- The standard library of its language alone, nothing to install. Runs in seconds. Same input, same output.
- Says in one sentence on stderr what is wrong and what to do, and ends with a code other than 0: a missing file, a column that is not there, a line that cannot be read. It never guesses a value.
- Reads what it is given and changes nothing in place: results go to stdout, or to the file that an argument names, and never over one that is there. No network, no environment variables, no other programs, unless the item is about just that.
- Under 200 lines, with a comment only where the reason is not plain.
A reference
- What only some uses need: tables, field lists, templates, cases. The user's own facts exactly, nothing invented. Markdown begins with "# " and a title, and with a list of contents where it has more than 100 lines. In the language of the goal.
Nothing unsafe in either: no secrets, no download that is run, no instruction to hide anything from the user or to override what the agent was told elsewhere.`;

/** What a file is written from. `orders` tell what was wrong with an answer that could not be used. */
export interface FileTask {
  readonly item: PlanItem;
  readonly body: string;
  readonly file: PlannedFile;
  /** Place among the files of the item, from 1. */
  readonly number: number;
  readonly attempt: number;
  readonly orders: readonly string[];
}

/** The call that writes one file of a skill, after its SKILL.md. */
export function skillFileCall(
  { goal, intent, several = false }: Omit<DraftMaterial, 'plan'>,
  { item, body, file, number, attempt, orders }: FileTask,
): ModelCall {
  const { ref: _unknown, ...task } = item;
  const shared = [fence('intent', JSON.stringify(intent)), fence('goal', goal), ''].join('\n\n');
  const own = [
    fence('item', JSON.stringify(task)),
    fence('draft', body),
    fence('wanted', JSON.stringify(file)),
    [
      ...(orders.length > 0 ? ['Your last answer could not be used.', ...orders] : []),
      `Write ${file.path}, its content alone.`,
    ].join(' '),
  ];
  return {
    id: `file-${item.id}-${number}-${attempt}`,
    phase: 'drafting',
    item: item.id,
    system: SYSTEM,
    user: shared + own.join('\n\n'),
    ...(several && { sharedChars: shared.length }),
    maxOutputTokens: 10_000,
  };
}

/** Files for a prompt: each with its path in the first line, and its text letter by letter below. */
export function fileFences(files: readonly DraftFile[]): readonly string[] {
  return files.map(({ path, content }) => fence('file', `${path}\n${content}`));
}
