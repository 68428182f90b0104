import { classificationAnswer } from '../../prompts/classification.ts';
import { fieldOf, lowered, recordsOf, textsOf } from '../loose-fields.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonObject, JsonValue } from '../tolerant-json.ts';

/** How the answer of `classifying` is read: other spellings of its fields, and lists that are missing or a single text, are accepted. */
export const CLASSIFICATION_FORM: AnswerForm<ReturnType<typeof classificationAnswer.parse>> = {
  fit: formOf(classificationAnswer, (object) => ({
    kind: lowered(fieldOf(object, 'kind', 'type')),
    reason: fieldOf(object, 'reason') ?? '',
    summary: fieldOf(object, 'summary'),
    capabilities: capabilitiesOf(fieldOf(object, 'capabilities', 'needs')),
    constraints: textsOf(fieldOf(object, 'constraints')),
    assumptions: assumptionsOf(fieldOf(object, 'assumptions')),
  })),
};

function capabilitiesOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'id', text: 'need' });
  if (!Array.isArray(records)) return records;
  return records.map((record: JsonValue, index) =>
    isObject(record)
      ? { id: idOf(record, index), need: fieldOf(record, 'need', 'description', 'text') }
      : record,
  );
}

/** An assumption that came as a bare text has no question of its own. */
function assumptionsOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'question', text: 'statement' });
  if (!Array.isArray(records)) return records;
  return records.map((record: JsonValue) =>
    isObject(record)
      ? {
          statement: fieldOf(record, 'statement', 'assumption', 'text') ?? fieldOf(record, 'answer'),
          question: fieldOf(record, 'question') ?? '',
          answer: fieldOf(record, 'answer', 'default') ?? '',
        }
      : textsOf(record),
  );
}

function idOf(record: JsonObject, index: number): unknown {
  const id = fieldOf(record, 'id');
  return typeof id === 'number' || id === undefined || id === null ? `c${id ?? index + 1}` : id;
}
