import { type JudgementAnswer, judgementAnswer } from '../../prompts/judgement.ts';
import { fieldOf, recordsOf, textOf } from '../loose-fields.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonObject, JsonValue } from '../tolerant-json.ts';
import { numberOf } from './choice-form.ts';

/** How a judgement is read. What says neither yes nor no is left out, so that nobody takes it for either. */
export const JUDGEMENT_FORM: AnswerForm<JudgementAnswer> = {
  fit: formOf(judgementAnswer, (object) => {
    const given = fieldOf(object, 'verdicts', 'expectations', 'results', 'judgements');
    const records = recordsOf(given, { keyed: 'number', text: 'passed' });
    if (!Array.isArray(records)) return { verdicts: records };
    const list = records.filter((record: JsonValue) => isObject(record));
    // A list in which no entry has a number goes by its order.
    const isNumbered = list.some((record: JsonObject) => numberIn(record) !== undefined);
    return {
      verdicts: list.flatMap((record: JsonObject, index) => {
        const passed = saysYes(fieldOf(record, 'passed', 'pass', 'met', 'verdict', 'result'));
        const number = isNumbered ? numberOf(numberIn(record)) : index + 1;
        if (passed === undefined || typeof number !== 'number') return [];
        return [
          { number, passed, evidence: textOf(fieldOf(record, 'evidence', 'quote', 'reason') ?? '') ?? '' },
        ];
      }),
    };
  }),
};

function numberIn(record: JsonObject): JsonValue | undefined {
  return fieldOf(record, 'number', 'expectation', 'id', 'n');
}

function saysYes(value: JsonValue | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (/^(?:true|yes|pass|passed|met)$/.test(word)) return true;
  return /^(?:false|no|not met|fail|failed|unmet)$/.test(word) ? false : undefined;
}
