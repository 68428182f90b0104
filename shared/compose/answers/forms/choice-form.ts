import { type ChoiceAnswer, choiceAnswer } from '../../prompts/choice.ts';
import { fieldOf, recordsOf, textsOf } from '../loose-fields.ts';
import { objectsIn } from '../objects-in.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonValue } from '../tolerant-json.ts';

/** How the choice of skills is read: as a list, as a table of numbers, or as one object after another. */
export const CHOICE_FORM: AnswerForm<ChoiceAnswer> = {
  fit: formOf(choiceAnswer, (object) => ({
    choices: choicesOf(fieldOf(object, 'choices', 'results', 'messages')),
  })),
  fromProse: (text) => {
    const choices = choicesOf(objectsIn(text).objects.map(({ object }) => object));
    const parsed = choiceAnswer.safeParse({ choices });
    return parsed.success ? parsed.data : undefined;
  },
};

function choicesOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'message', text: 'skills' });
  if (!Array.isArray(records)) return records;
  return records.map((record: JsonValue) => {
    if (!isObject(record)) return record;
    const skills = fieldOf(record, 'skills', 'skill', 'load', 'loads', 'choice');
    // A record that names no list is no choice at all: that a model said nothing is not "none".
    if (skills === undefined) return {};
    return { message: numberOf(fieldOf(record, 'message', 'number', 'id', 'n')), skills: namesOf(skills) };
  });
}

function namesOf(value: JsonValue): unknown {
  const names = Array.isArray(value)
    ? value.map((entry) => (isObject(entry) ? (fieldOf(entry, 'name', 'skill') ?? '') : entry))
    : value;
  return typeof names === 'string' ? names.split(/[,;]\s*/).flatMap((name) => textsOf(name)) : textsOf(names);
}

/** `3`, `"3"` and `"message 3"` */
export function numberOf(value: JsonValue | undefined): unknown {
  const digits = typeof value === 'string' ? /\d{1,4}/.exec(value)?.[0] : undefined;
  return digits === undefined ? value : Number(digits);
}
