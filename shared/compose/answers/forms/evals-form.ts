import { type EvalsAnswer, evalsAnswer } from '../../prompts/evals.ts';
import { fieldOf, recordsOf, textOf, textsOf } from '../loose-fields.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonObject, JsonValue } from '../tolerant-json.ts';

/** How a skill's evals are read: also in the words of Anthropic's skill-creator, and with lists that are a single text. */
export const EVALS_FORM: AnswerForm<EvalsAnswer> = {
  fit: formOf(evalsAnswer, (object) => {
    const queries = triggersIn(object);
    return {
      load: queries?.load ?? promptsOf(fieldOf(object, 'load', 'shouldTrigger', 'shouldLoad')),
      skip: queries?.skip ?? promptsOf(fieldOf(object, 'skip', 'nearMisses', 'shouldNotTrigger')),
      task: taskOf(fieldOf(object, 'task', 'evals')),
    };
  }),
};

function promptsOf(value: JsonValue | undefined): unknown {
  const list = Array.isArray(value)
    ? value.map((entry) =>
        isObject(entry) ? (fieldOf(entry, 'prompt', 'query', 'message', 'text') ?? entry) : entry,
      )
    : value;
  const texts = textsOf(list);
  return Array.isArray(texts)
    ? texts.filter((text): text is string => typeof text === 'string' && text.trim() !== '')
    : texts;
}

/** `[{"query":"…","should_trigger":true}]` */
function triggersIn(object: JsonObject): { readonly load: unknown; readonly skip: unknown } | undefined {
  const list = fieldOf(object, 'queries', 'triggers', 'triggerEvals');
  if (!Array.isArray(list)) return undefined;
  const of = (should: boolean): unknown =>
    promptsOf(list.filter((entry) => isObject(entry) && fieldOf(entry, 'shouldTrigger') === should));
  return { load: of(true), skip: of(false) };
}

function taskOf(value: JsonValue | undefined): unknown {
  const task = Array.isArray(value) ? value[0] : value;
  if (!isObject(task)) return task;
  return {
    prompt: fieldOf(task, 'prompt', 'query', 'message'),
    files: filesOf(fieldOf(task, 'files', 'fixture')),
    expectations: expectationsOf(fieldOf(task, 'expectations', 'expects')),
  };
}

/** A table of names and texts is a list of files. What is no text is no file. */
function filesOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'path', text: 'content' });
  if (!Array.isArray(records)) return [];
  return records.flatMap((record: JsonValue) => {
    if (!isObject(record)) return [];
    const path = fieldOf(record, 'path', 'name', 'file');
    const content = fieldOf(record, 'content', 'text');
    return typeof path === 'string' && typeof content === 'string' ? [{ path, content }] : [];
  });
}

function expectationsOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'text', text: 'text' });
  if (!Array.isArray(records)) return records;
  return records.map((record: JsonValue) =>
    isObject(record)
      ? {
          text: textOf(fieldOf(record, 'text', 'expectation', 'description') ?? ''),
          contains: textsOf(fieldOf(record, 'contains', 'mustContain')),
          absent: textsOf(fieldOf(record, 'absent', 'mustNotContain')),
        }
      : record,
  );
}
