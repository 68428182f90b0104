import { fenced } from '../../../shared/compose/fence.ts';
import { parsed, parseFence, records } from './read-fence.ts';
import { answerTask, chooseSkills, judgeTask } from './try-answers.ts';
import { writeTryEvals } from './try-evals.ts';

/** The calls by which skills are tried. */
export type TryPhase = 'evals' | 'choices' | 'task' | 'judgement';

/** Which of them a prompt is; undefined: none. `fields` is the schema's, as JSON. */
export function tryPhaseOf({
  text,
  json,
  fields,
}: {
  readonly text: string;
  readonly json: boolean;
  readonly fields: string;
}): TryPhase | undefined {
  if (!json)
    return fenced('skill', text) !== undefined && fenced('task', text) !== undefined ? 'task' : undefined;
  if (fields.includes('"verdicts"') || fenced('expectations', text) !== undefined) return 'judgement';
  if (fields.includes('"choices"') || fenced('available_skills', text) !== undefined) return 'choices';
  return fields.includes('"expectations"') || fenced('siblings', text) !== undefined ? 'evals' : undefined;
}

/** The task's answer is a text, the others are objects. */
export function answerTry(phase: TryPhase, goal: string, text: string): object | string {
  switch (phase) {
    case 'evals': {
      const { name, description } = parseFence('item', text);
      return writeTryEvals({
        goal,
        name: String(name),
        description: String(description),
        draft: fenced('draft', text) ?? '',
        siblings: offered('siblings', text),
      });
    }
    case 'choices':
      return chooseSkills(
        offered('available_skills', text),
        list('messages', text).map((entry) => ({
          message: Number(entry['message']),
          text: String(entry['text']),
        })),
      );
    case 'task':
      return answerTask(
        fenced('skill', text) ?? '',
        [fenced('file', text) ?? ''],
        fenced('task', text) ?? '',
      );
    case 'judgement':
      return judgeTask(
        list('expectations', text).map((entry) => ({
          number: Number(entry['number']),
          text: String(entry['text']),
        })),
        fenced('answer', text) ?? '',
      );
  }
}

function list(name: string, text: string): ReturnType<typeof records> {
  return records(parsed(fenced(name, text)));
}

function offered(name: string, text: string) {
  return list(name, text).map((entry) => ({
    name: String(entry['name']),
    description: String(entry['description']),
  }));
}
