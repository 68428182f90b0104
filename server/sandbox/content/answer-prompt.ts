import { fenced } from '../../../shared/compose/fence.ts';
import { classifyGoal } from './classify.ts';
import { critiqueDraft } from './critique.ts';
import { type DraftTask, writeDraft } from './draft.ts';
import { writeFile } from './files.ts';
import { fitSchema } from './fit-schema.ts';
import { type Published, planSkills } from './plan.ts';
import { type Fields, parsed, parseFence, records, strings } from './read-fence.ts';
import { type NumberedNote, reviseDraft } from './revise.ts';
import { contentWords, shorten } from './text.ts';
import { answerTry, type TryPhase, tryPhaseOf } from './try.ts';

export type PromptPhase =
  | 'classification'
  | 'plan'
  | 'draft'
  | 'file'
  | 'critique'
  | 'revision'
  | TryPhase
  | 'other';

/** What a request asks for, without the vendor's way of saying it. */
export interface Prompt {
  /** Everything that the user's turns say. */
  readonly text: string;
  readonly json: boolean;
  readonly schemaName: string | undefined;
  readonly schema: Readonly<Record<string, unknown>> | undefined;
}

/** By the schema's name, else by its fields (Anthropic sends no name), else by what the prompt shows. */
export function phaseOf({ text, json, schemaName, schema }: Prompt): PromptPhase {
  if (isPhase(schemaName)) return schemaName;
  const fields = JSON.stringify(schema?.['properties'] ?? '');
  const tried = tryPhaseOf({ text, json, fields });
  if (tried) return tried;
  if (fields.includes('"patches"')) return 'revision';
  if (/"goal_?alignment"/i.test(fields)) return 'critique';
  if (fields.includes('"items"') && fields.includes('"covers"')) return 'plan';
  if (fields.includes('"capabilities"')) return 'classification';
  if (fenced('goal', text) === undefined) return 'other';
  if (!json && fenced('wanted', text) !== undefined) return 'file';
  if (!json) return fenced('item', text) === undefined ? 'other' : 'draft';
  if (fenced('draft', text) !== undefined) return 'critique';
  return fenced('intent', text) === undefined ? 'classification' : 'plan';
}

/** The sandbox's answer to a prompt; the same prompt always has the same answer. */
export function answerPrompt(prompt: Prompt): string {
  const phase = phaseOf(prompt);
  const goal = fenced('goal', prompt.text) ?? '';
  if (phase === 'draft') return draftFor(goal, prompt.text);
  if (phase === 'file') return fileFor(goal, prompt.text);
  if (isTry(phase)) {
    const answer = answerTry(phase, goal, prompt.text);
    return typeof answer === 'string' ? answer : JSON.stringify(fitSchema(answer, prompt.schema));
  }
  if (phase === 'other')
    return prompt.json ? JSON.stringify(fitSchema({}, prompt.schema)) : plainAnswer(prompt.text);
  return JSON.stringify(fitSchema(objectFor(phase, goal, prompt.text), prompt.schema));
}

type Structured = 'classification' | 'plan' | 'critique' | 'revision';

function isPhase(name: string | undefined): name is Structured {
  return name === 'classification' || name === 'plan' || name === 'critique' || name === 'revision';
}

function isTry(phase: PromptPhase): phase is TryPhase {
  return phase === 'evals' || phase === 'choices' || phase === 'judgement' || phase === 'task';
}

function objectFor(phase: Structured, goal: string, text: string): unknown {
  if (phase === 'classification') return classifyGoal(goal);
  if (phase === 'critique') {
    const critique = critiqueDraft(taskOf(text) || goal, fenced('draft', text) ?? '');
    const notes = critique.notes.map(({ patch, ...note }) => ({
      ...note,
      ...(patch ?? { old: '', new: '' }),
    }));
    return { ...critique, notes, scores: critique };
  }
  if (phase === 'revision')
    return reviseDraft(
      goal,
      nameOf(text),
      fenced('draft', text) ?? '',
      records(parsed(fenced('notes', text))).map(noteOf),
    );
  const intent = parseFence('intent', text);
  const capabilities = records(intent['capabilities']).map(({ id, need }) => ({
    id: String(id),
    need: String(need),
  }));
  const known = capabilities.length > 0 ? capabilities : classifyGoal(goal).capabilities;
  return planSkills(
    goal,
    { kind: intent['kind'] === 'single' ? 'single' : 'bundle', capabilities: known },
    published(text),
  );
}

/** The needs that the prompt's item covers. */
function taskOf(text: string): string {
  const covers = strings(parseFence('item', text)['covers']);
  const needs = records(parseFence('intent', text)['capabilities']).filter(
    ({ id }) => typeof id === 'string' && covers.includes(id),
  );
  return needs.map(({ need }) => String(need)).join('\n');
}

function draftFor(goal: string, text: string): string {
  const item = parseFence('item', text);
  const notes = fenced('notes', text);
  return writeDraft({
    goal,
    name: nameOf(text),
    outline: strings(item['outline']),
    files: filesOf(item),
    constraints: strings(parseFence('intent', text)['constraints']),
    siblings: records(parsed(fenced('plan', text))).flatMap(({ name }) =>
      typeof name === 'string' && name !== nameOf(text) ? [name] : [],
    ),
    notes: notes === undefined ? [] : strings(parsed(notes) ?? notes.split('\n')),
  });
}

function fileFor(goal: string, text: string): string {
  const { path, purpose } = parseFence('wanted', text);
  return writeFile({ goal, name: nameOf(text), path: String(path), purpose: String(purpose) });
}

function filesOf(item: Fields): DraftTask['files'] {
  return records(item['files']).map(({ path, purpose }) => ({
    path: String(path),
    purpose: String(purpose),
  }));
}

function nameOf(text: string): string {
  const name = parseFence('item', text)['name'];
  return typeof name === 'string' ? name : 'do-the-work';
}

function noteOf({ number, text }: Fields, index: number): NumberedNote {
  return { number: typeof number === 'number' ? number : index + 1, text: String(text) };
}

function published(text: string): readonly Published[] {
  return records(parsed(fenced('shortlist', text))).map(({ owner, name, version, description }) => ({
    owner: String(owner),
    name: String(name),
    version: String(version),
    description: String(description),
  }));
}

/** For a key check, or a curious person with curl. */
function plainAnswer(text: string): string {
  const words = contentWords(text).slice(0, 8).join(', ');
  const heard = words === '' ? '' : ` I read ${shorten(words, 120)}.`;
  return `This is Oneturn’s sandbox, which answers by rules and without a model.${heard} Put a goal between <goal> tags, as the compose page does, and it is planned and drafted.`;
}
