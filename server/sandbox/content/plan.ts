import type { Intent, Plan, PlanItem, SkillRef } from '../../../shared/contract/plan.ts';
import { planFiles } from './files.ts';
import { fill, withArticle } from './phrases.ts';
import { RECIPES } from './recipes/recipes.ts';
import { type GoalReading, readGoal, readNeed, type Stage } from './stages.ts';
import { contentWords, shorten, stem } from './text.ts';
import { type Kind, spoken, third, verbOf } from './verbs.ts';

export interface Published extends SkillRef {
  readonly description: string;
}

const TOOLS: Readonly<Record<Kind, readonly string[]>> = {
  gather: ['Read', 'Grep', 'Glob'],
  transform: ['Read', 'Write'],
  write: ['Read', 'Write'],
  review: ['Read', 'Grep'],
  analyze: ['Read'],
  organize: ['Read', 'Write'],
  plan: [],
  communicate: ['Read'],
  build: ['Read', 'Edit', 'Write'],
  fix: ['Read', 'Edit'],
  act: ['Read'],
};

/** Third person, as descriptions are: "Writes weekly release notes". */
function told(stage: Stage): string {
  const [first = '', ...rest] = stage.need.split(' ');
  const rule = verbOf(first) ?? verbOf(stage.verb);
  return rule && stage.need.toLowerCase().startsWith(spoken(stage.verb))
    ? `${spoken(capital(third(stage.verb)))}${stage.need.slice(spoken(stage.verb).length)}`
    : [capital(third(first.toLowerCase())), ...rest].join(' ');
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

export function fillIn(line: string, { object, outcome }: Stage): string {
  return fill(line, {
    object: withArticle(object),
    outcome: withArticle(outcome),
    Outcome: capital(outcome),
  });
}

function description(stage: Stage): string {
  const { manner, triggers } = RECIPES[stage.kind];
  const when = triggers.map((trigger) => fillIn(trigger, stage));
  // Angle brackets in a description are refused by some clients.
  return shorten(
    `${told(stage)}. ${manner} Use when ${when.slice(0, -1).join(', ')} or ${when.at(-1) ?? ''}.`.replaceAll(
      /[<>]/g,
      '',
    ),
    1000,
  );
}

function created(asked: string, stage: Stage, covers: readonly string[], name: string): Omit<PlanItem, 'id'> {
  const { steps } = RECIPES[stage.kind];
  const files = planFiles(asked, name);
  const runs = files.flatMap(({ path }) => (path.endsWith('.mjs') ? [`Bash(node ${path}:*)`] : []));
  return {
    action: 'create',
    name,
    description: description(stage),
    covers: [...covers],
    reason:
      covers.length > 1
        ? 'You asked for one skill, so that all parts of the work stand in it.'
        : `No published skill does this for ${stage.object}, and it is of use without the others.`,
    outline: [
      ...steps.slice(0, 5).map(([lead]) => lead),
      'Shape of the result',
      'What can go wrong',
      'Checks before handing over',
    ],
    allowedTools: [...TOOLS[stage.kind], ...runs],
    ...(files.length > 0 && { files: [...files] }),
  };
}

const stems = (text: string): ReadonlySet<string> =>
  new Set(contentWords(text.replaceAll('-', ' ')).map(stem));

/** A published skill fits when it does the same kind of thing, and most of its name stands in what is needed. */
function fitting(stage: Stage, shortlist: readonly Published[]): Published | undefined {
  const wanted = stems(`${stage.need} ${stage.object} ${stage.outcome}`);
  return shortlist.find(({ name, description }) => {
    const [first = '', ...rest] = name.split('-');
    const kind = verbOf(first)?.kind;
    const subject = [...stems(rest.join(' '))];
    const shared = subject.filter((word) => wanted.has(word)).length;
    const said = [...stems(description)].filter((word) => wanted.has(word)).length;
    return (
      kind === stage.kind &&
      shared >= Math.min(2, subject.length) &&
      shared / Math.max(subject.length, 1) > 0.6 &&
      said >= 2
    );
  });
}

function reused(
  { owner, name, version, description }: Published,
  covers: readonly string[],
): Omit<PlanItem, 'id'> {
  return {
    action: 'reuse',
    name,
    description,
    covers: [...covers],
    reason: `The published skill ${owner}/${name} does this already.`,
    outline: [],
    allowedTools: [],
    ref: { owner, name, version },
  };
}

/** Skills for what the intent needs, in its order. Ids are the place in the plan. */
export function planSkills(
  goal: string,
  intent: Pick<Intent, 'kind' | 'capabilities'>,
  shortlist: readonly Published[],
): Plan {
  const reading: GoalReading = readGoal(goal);
  const items: Omit<PlanItem, 'id'>[] = [];
  if (intent.kind === 'single') {
    items.push(
      created(
        goal,
        reading.main,
        intent.capabilities.map(({ id }) => id),
        reading.main.name,
      ),
    );
  } else {
    for (const { id, need } of intent.capabilities) {
      const stage = reading.stages.find((known) => known.need === need) ?? readNeed(need);
      const published = fitting(
        stage,
        shortlist.filter(({ name }) => items.every((item) => item.name !== name)),
      );
      let name = stage.name;
      for (let n = 2; items.some((item) => item.name === name); n++) name = `${stage.name}-${n}`;
      items.push(published ? reused(published, [id]) : created(stage.need, stage, [id], name));
    }
  }
  return {
    title: reading.title,
    items: items.slice(0, 12).map((item, at) => ({ id: `i${at + 1}`, ...item })),
    uncovered: [],
  };
}
