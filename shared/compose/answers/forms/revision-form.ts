import { type RevisionAnswer, revisionAnswer } from '../../prompts/revision.ts';
import { fieldOf, recordsOf } from '../loose-fields.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonObject, JsonValue } from '../tolerant-json.ts';

/** How the revision's answer is read: patches of old and new text, grouped by the number of the note that they serve, from 1. */
export const REVISION_FORM: AnswerForm<RevisionAnswer> = {
  fit: formOf(revisionAnswer, (object) => {
    const changes = fieldOf(object, 'changes', 'revisions');
    // Also accepts a bare list of patches that each name their note.
    if (changes === undefined && !Array.isArray(fieldOf(object, 'patches'))) return object;
    return { changes: changesOf(changes ?? fieldOf(object, 'patches')) };
  }),
};

function changesOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'note', text: 'patches' });
  if (!Array.isArray(records)) return records;
  return records.map((record: JsonValue) => {
    if (!isObject(record)) return record;
    const patches = fieldOf(record, 'patches', 'edits');
    return { note: numberOf(fieldOf(record, 'note', 'number')), patches: patchesOf(patches ?? [record]) };
  });
}

function patchesOf(value: JsonValue): unknown {
  const list = isObject(value) ? [value] : value;
  return Array.isArray(list) ? list.map((patch) => (isObject(patch) ? patchOf(patch) : patch)) : list;
}

function patchOf(patch: JsonObject): unknown {
  return {
    old: fieldOf(patch, 'old', 'oldText', 'search', 'find', 'before'),
    new: fieldOf(patch, 'new', 'newText', 'replace', 'after'),
  };
}

function numberOf(value: JsonValue | undefined): unknown {
  const number = typeof value === 'string' ? /\d+/.exec(value)?.[0] : value;
  return number === undefined ? number : Number(number);
}
