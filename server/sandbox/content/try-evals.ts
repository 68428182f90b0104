import type { EvalsAnswer } from '../../../shared/compose/prompts/evals.ts';
import { contentWords, hash, shorten } from './text.ts';

/** What evals are made from: the skill as its prompt tells it. */
export interface EvalsMaterial {
  readonly goal: string;
  readonly name: string;
  readonly description: string;
  readonly draft: string;
  readonly siblings: readonly { readonly name: string; readonly description: string }[];
}

/** Prompts and a task for a skill, by rules out of its own words; some of them in words that it has not. */
export function writeTryEvals(material: EvalsMaterial): EvalsAnswer {
  const { name, description, draft, siblings } = material;
  const work = name.replaceAll('-', ' ');
  const what = phraseOf(description) || work;
  const file = fileIn(`${description}\n${draft}`);
  const words = contentWords(description).filter((word) => !work.includes(word));
  const [first = work, second = first, third = second] = words;
  return {
    load: [
      `${sentence(work)} please.`,
      `Can you ${work} for me? Everything is in ${file}.`,
      `It is that time again: ${what}`,
      `I have ${file} here and need this: ${what}`,
      `Please do the usual ${first} and ${second} for ${file}.`,
      `The boss asks about ${second} and ${third}. Do what we always do with ${file}.`,
      `Before the meeting I want you to ${work}, short.`,
      `New data came in overnight, do your thing.`,
      `Same as last week, but with ${first} as well as ${third}.`,
      `Help me ${work}: I do not know where to begin.`,
    ],
    skip: [
      ...siblings
        .slice(0, 4)
        .map((sibling) => `${sentence(sibling.name.replaceAll('-', ' '))} with ${file}.`),
      `What does ${first} mean?`,
      `Rename ${file} to old-${file}.`,
      `How long did it take you to ${work} last time?`,
      `Delete everything about ${second}.`,
      `Translate this sentence about ${third} into French.`,
      `Who wrote ${file}, and when?`,
      `Make a picture for our page on ${first}.`,
      `Book a room to talk about ${second} on Friday.`,
      `Is ${first} more important than ${third}?`,
    ].slice(0, 10),
    task: taskFor(material, file),
  };
}

/** Lines of the fixture that have to be found in the answer again, and one of them twice. */
function taskFor({ goal, name }: EvalsMaterial, file: string): EvalsAnswer['task'] {
  const topics = contentWords(goal).slice(0, 4);
  const number = 1000 + (hash(name) % 9000);
  const lines = topics.map((topic, index) => `${number + index};${topic};open`);
  const fixture = ['id;what;state', ...lines, ...lines.slice(0, 1)].join('\n');
  return {
    prompt: `Do this with the file, please: ${name.replaceAll('-', ' ')}. One line is there twice.`,
    files: [{ path: file, content: `${fixture}\n` }],
    expectations: [
      { text: `Names the entry ${number}.`, contains: [String(number)], absent: [] },
      { text: 'Says that one line stands there twice.', contains: ['twice'], absent: [] },
      { text: 'Invents no entry.', contains: [], absent: [String(number + 9)] },
      { text: 'Ends with a check of the result.', contains: [], absent: [] },
    ],
  };
}

/** The description's first sentence as somebody would say it: without the part on when to use it. */
function phraseOf(description: string): string {
  const [first = ''] = description.split(/(?<=[.!?])\s/);
  return shorten(first.toLowerCase(), 160);
}

function fileIn(text: string): string {
  return (
    /\b[\w-]{1,40}\.(?:csv|tsv|txt|md|json|ya?ml|log|xml|html|sql|py|ts|js)\b/.exec(text)?.[0] ?? 'notes.txt'
  );
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
