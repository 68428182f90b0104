import type { PlannedFile } from '../../../shared/contract/plan.ts';
import { howToUse } from './files.ts';
import { withArticle } from './phrases.ts';
import { fillIn } from './plan.ts';
import { RECIPES } from './recipes/recipes.ts';
import { type GoalReading, readGoal, readNeed, type Stage } from './stages.ts';
import { capitalize, hash, shorten } from './text.ts';
import { spoken } from './verbs.ts';

export interface DraftTask {
  readonly goal: string;
  readonly name: string;
  readonly outline: readonly string[];
  readonly files: readonly PlannedFile[];
  readonly constraints: readonly string[];
  readonly siblings: readonly string[];
  /** A reviewer's notes on the draft before this one; empty for a first draft. */
  readonly notes: readonly string[];
}

const HEADINGS = {
  when: ['When to use it', 'When this applies', 'Use it when'],
  inputs: ['What you need first', 'Before you start', 'Inputs'],
  steps: ['Steps', 'Procedure', 'How to do it'],
  output: ['Output', 'Shape of the result', 'Template'],
  example: ['Example', 'How it begins', 'A first exchange'],
  edges: ['Gotchas', 'What can go wrong', 'When it is not that simple'],
  checks: ['Check before you finish', 'Checklist', 'Checks before handing over'],
} as const;

/** Some first drafts come without their example, as models leave things out: then the critic has something to find. */
export const EXAMPLE_HEADINGS: readonly string[] = HEADINGS.example;
export const EDGE_HEADINGS: readonly string[] = HEADINGS.edges;
export const CHECK_HEADINGS: readonly string[] = HEADINGS.checks;

/** The Markdown body of one skill. */
export function writeDraft(task: DraftTask): string {
  const reading = readGoal(task.goal);
  const stage = stageOf(reading, task.name);
  const seed = hash(`${task.goal}\n${task.name}`);
  const pick = (choices: readonly string[], salt: number): string =>
    choices[(seed >>> salt) % choices.length] ?? '';
  const { triggers, inputs, steps, output, edges, checks } = RECIPES[stage.kind];
  const said = (line: string): string => fillIn(line, stage);
  const firstEdge = seed % edges.length;
  const someEdges = [...edges, ...edges].slice(firstEdge, firstEdge + 3);

  const sections = [
    `# ${capitalize(spoken(task.name.replaceAll('-', ' ')))}`,
    opening(task, stage, reading.subject),
    section(
      pick(HEADINGS.when, 2),
      triggers.map((trigger) => `- ${capitalize(said(trigger))}.`),
    ),
    section(
      pick(HEADINGS.inputs, 4),
      inputs.map((input) => `- ${said(input)}`),
    ),
    section(
      pick(HEADINGS.steps, 6),
      steps.map(([lead, text], at) => `${at + 1}. **${lead}.** ${said(text)}`),
    ),
    ...(task.files.length > 0 ? [section('Files beside this one', task.files.map(howToUse))] : []),
    ...(task.constraints.length > 0
      ? [
          section(
            'Limits the user set',
            task.constraints.map((limit) => `- ${limit}.`),
          ),
        ]
      : []),
    section(pick(HEADINGS.output, 8), ['```markdown', ...output.map(said), '```']),
    ...(task.notes.length > 0 || seed % 4 !== 0 ? [section(pick(HEADINGS.example, 10), example(stage))] : []),
    section(
      pick(HEADINGS.edges, 12),
      someEdges.map(([when, then]) => `- **${when}.** ${said(then)}`),
    ),
    ...further(
      task.notes.filter((note) => !note.includes('example')),
      'Also',
    ),
    section(pick(HEADINGS.checks, 14), [
      ...checks.map((check) => `- [ ] ${said(check)}`),
      '',
      `If one fails, repair ${withArticle(stage.outcome)} and go through the list again.`,
    ]),
  ];
  const body = sections.join('\n\n');
  const missing = task.outline.filter(
    (line) => !steps.some(([lead]) => lead === line) && !OWN_POINTS.has(line),
  );
  return `${[body, ...further(missing, 'Points of the plan')].join('\n\n')}\n`;
}

function stageOf({ stages, main }: GoalReading, name: string): Stage {
  const own = stages.find((stage) => stage.name === name);
  return own ?? (main.name === name ? main : readNeed(name.replaceAll('-', ' ')));
}

/** The part that some first drafts are without. */
export function exampleSection(goal: string, name: string): string {
  return section(HEADINGS.example[0], example(stageOf(readGoal(goal), name)));
}

/** Lines of our own outlines that stand in every draft, under a heading of another name. */
const OWN_POINTS = new Set(['Shape of the result', 'What can go wrong', 'Checks before handing over']);

function section(heading: string, lines: readonly string[]): string {
  return `## ${heading}\n\n${lines.join('\n')}`;
}

function further(points: readonly string[], heading: string): readonly string[] {
  return points.length === 0
    ? []
    : [
        section(
          heading,
          points.map((point) => `- ${shorten(point, 300)}`),
        ),
      ];
}

function opening({ siblings }: DraftTask, stage: Stage, subject: string): string {
  const others = siblings.slice(0, 4).map((name) => `\`${name}\``);
  const leave =
    others.length === 0
      ? ''
      : ` It stays inside that part; ${others.join(', ')} ${others.length === 1 ? 'does' : 'do'} the rest.`;
  const place =
    stage.need === subject
      ? 'This is the main part of the work.'
      : `This is one part of a larger goal: *${shorten(subject.replaceAll('*', ''), 200)}*.`;
  return `${stage.need}. ${place}${leave}`;
}

function example(stage: Stage): readonly string[] {
  const [lead = ''] = RECIPES[stage.kind].steps[0] ?? [];
  const asked = /^(?:any|every|what|which|who)/i.test(stage.object)
    ? 'What exactly'
    : `Which ${stage.object}`;
  return [
    `> **User:** Can you ${stage.need.slice(0, 1).toLowerCase()}${stage.need.slice(1)}?`,
    '>',
    `> **Agent:** Yes. ${asked} do you mean, and who will use ${withArticle(stage.outcome)}? If you have an earlier example, I follow its form. Then I begin with step 1, "${lead.toLowerCase()}".`,
    '',
    'Two questions at most. When the user has no answer, state an assumption and go on.',
  ];
}
