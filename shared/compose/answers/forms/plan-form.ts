import { splitTools } from '../../../skills/read-skill.ts';
import { type PlanAnswer, planAnswer } from '../../prompts/plan.ts';
import { fieldOf, lowered, recordsOf, textsOf } from '../loose-fields.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonObject, JsonValue } from '../tolerant-json.ts';

/** How the answer of `planning` is read. Names, ids and coverage may still be wrong: `repairPlan` brings them into order. */
export const PLAN_FORM: AnswerForm<PlanAnswer> = {
  fit: formOf(planAnswer, (object) => ({
    title: fieldOf(object, 'title') ?? '',
    items: listOf(fieldOf(object, 'items', 'skills'), { keyed: 'name', text: 'description' }, itemOf),
    uncovered: listOf(fieldOf(object, 'uncovered'), { keyed: 'capability', text: 'reason' }, uncoveredOf),
  })),
};

function listOf(
  value: JsonValue | undefined,
  names: Parameters<typeof recordsOf>[1],
  shape: (record: JsonObject) => unknown,
): unknown {
  const records = recordsOf(value, names);
  if (!Array.isArray(records)) return records;
  return records.map((record: JsonValue) => (isObject(record) ? shape(record) : record));
}

function itemOf(item: JsonObject): unknown {
  const ref = refOf(fieldOf(item, 'ref'));
  return {
    action: lowered(fieldOf(item, 'action')) ?? (ref ? 'reuse' : 'create'),
    name: fieldOf(item, 'name'),
    description: fieldOf(item, 'description'),
    covers: idsOf(fieldOf(item, 'covers')),
    reason: fieldOf(item, 'reason') ?? '',
    outline: textsOf(fieldOf(item, 'outline')),
    allowedTools: toolsOf(fieldOf(item, 'allowedTools', 'tools')),
    files: filesOf(fieldOf(item, 'files')),
    ref,
  };
}

/** A bare path, or a table of paths, is accepted. What is no file of a skill is left out later. */
function filesOf(value: JsonValue | undefined): unknown {
  const records = recordsOf(value, { keyed: 'path', text: 'purpose' });
  if (!Array.isArray(records)) return [];
  return records.flatMap((record: JsonValue) => {
    if (!isObject(record)) return [];
    const path = fieldOf(record, 'path', 'file', 'name');
    const purpose = fieldOf(record, 'purpose', 'description', 'reason') ?? '';
    // In a list of bare texts the text is the path.
    if (path === undefined) return typeof purpose === 'string' ? [{ path: purpose, purpose: '' }] : [];
    return typeof path === 'string' ? [{ path, purpose: typeof purpose === 'string' ? purpose : '' }] : [];
  });
}

/** A bare text in the list is taken for the capability, unless the entry names one beside it. */
function uncoveredOf(entry: JsonObject): unknown {
  const capability = fieldOf(entry, 'capability', 'id', 'need');
  const reason = fieldOf(entry, 'reason', 'why') ?? '';
  return capability === undefined ? { capability: reason, reason: '' } : { capability, reason };
}

/** `c1, c2` is two ids, as is `[{"id":"c1"},{"id":"c2"}]`; a need in its own words stays one. */
function idsOf(value: JsonValue | undefined): unknown {
  if (typeof value === 'string' && /^[\w-]{1,20}(?:[\s,;]+(?:and )?[\w-]{1,20})*$/.test(value.trim()))
    return value.trim().split(/[\s,;]+(?:and )?/);
  const texts = Array.isArray(value)
    ? value.map((entry) => (isObject(entry) ? (fieldOf(entry, 'id', 'capability', 'need') ?? '') : entry))
    : value;
  return textsOf(texts);
}

function toolsOf(value: JsonValue | undefined): unknown {
  const texts = textsOf(value);
  return Array.isArray(texts) && texts.every((text): text is string => typeof text === 'string')
    ? texts.flatMap((text) => splitTools(text))
    : texts;
}

/** `owner/name@1.0.0` says the same as the three fields; what names no skill is none. */
function refOf(value: JsonValue | undefined): unknown {
  if (isObject(value)) {
    const [owner, name] = [fieldOf(value, 'owner'), fieldOf(value, 'name')];
    if (!owner && !name) return null;
    return { owner: owner ?? '', name: name ?? '', version: textOr(fieldOf(value, 'version')) };
  }
  const [, owner, name, version = ''] =
    typeof value === 'string' ? (/^([\w.-]+)\/([\w.-]+)(?:@([\w.-]+))?$/.exec(value.trim()) ?? []) : [];
  return owner && name ? { owner, name, version } : null;
}

function textOr(value: JsonValue | undefined): JsonValue {
  return typeof value === 'number' ? String(value) : (value ?? '');
}
