import { MAX_NOTES, type Note, type Scores } from '../../../contract/plan.ts';
import { oneLine } from '../../one-line.ts';
import { critiqueAnswer } from '../../prompts/critique.ts';
import { fieldOf } from '../loose-fields.ts';
import { isScoreLine, readScores, scoresFromProse } from '../read-scores.ts';
import { type AnswerForm, formOf, isObject } from '../read-structured.ts';
import type { JsonObject, JsonValue } from '../tolerant-json.ts';

/** Notes are useful without scores. Scores whose scale is doubtful become null. */
export interface Critique {
  readonly notes: readonly Note[];
  readonly scores: Scores | null;
}

const strict = formOf(critiqueAnswer, (object) => object);
const NOTE_CHARS = 500;
const WHERE_CHARS = 120;
const OLD_CHARS = 4_000;
const NEW_CHARS = 8_000;

/**
 * How the critic's answer is read: as JSON in many spellings, or as prose with marks in it. Scores may be null, notes may be empty, but
 * not both.
 */
export const CRITIQUE_FORM: AnswerForm<Critique> = {
  fit: (object) => {
    const notes = notesOf(fieldOf(object, 'notes', 'issues', 'comments', 'feedback'));
    const scores = readScores(object);
    // Low marks without a note on what is wrong are most likely on a scale of five stars.
    const doubtful = scores && notes.length === 0 && Math.max(...Object.values(scores)) === 5;
    if (scores && !doubtful) return { ok: true, value: { notes, scores } };
    if (notes.length > 0) return { ok: true, value: { notes, scores: null } };
    const problems = strict(object);
    return problems.ok ? { ok: false, problems: ['notes: must say what is missing'] } : problems;
  },
  fromProse: (text) => {
    const scores = scoresFromProse(text);
    return scores && { notes: notesInProse(text), scores };
  },
};

function notesOf(value: JsonValue | undefined): readonly Note[] {
  const list = typeof value === 'string' ? value.split('\n') : value;
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry) => noteOf(entry) ?? []).slice(0, MAX_NOTES);
}

function noteOf(entry: JsonValue): Note | undefined {
  if (typeof entry === 'string') return noteFrom(entry.replace(/^\s*(?:[-*+•]|\d+[.)])\s+/, ''), false, '');
  if (!isObject(entry)) return undefined;
  const texts = [
    fieldOf(entry, 'text', 'note', 'message', 'issue', 'problem'),
    fieldOf(entry, 'fix', 'suggestion', 'change'),
  ];
  const text = texts.filter((one) => typeof one === 'string').join(' ');
  const where = fieldOf(entry, 'where', 'location', 'place', 'section');
  const note = noteFrom(text, isMust(entry), typeof where === 'string' ? where : '');
  const patch = patchIn(entry);
  return note && patch && !note.must ? { ...note, patch } : note;
}

function patchIn(entry: JsonObject): Note['patch'] {
  const [before, after] = [fieldOf(entry, 'old', 'oldText'), fieldOf(entry, 'new', 'newText')];
  if (typeof before !== 'string' || typeof after !== 'string' || before.trim() === '') return undefined;
  return before.length <= OLD_CHARS && after.length <= NEW_CHARS ? { old: before, new: after } : undefined;
}

function noteFrom(text: string, must: boolean, where: string): Note | undefined {
  const line = oneLine(text, NOTE_CHARS);
  const place = oneLine(where, WHERE_CHARS);
  if (/^(?:none|n\/a|no (?:issues|notes|changes)|)\.?$/i.test(line)) return undefined;
  return { text: line, must, ...(place === '' ? {} : { where: place }) };
}

function isMust(entry: JsonObject): boolean {
  const must = fieldOf(entry, 'must', 'required');
  if (typeof must === 'boolean') return must;
  const word = must ?? fieldOf(entry, 'severity', 'priority');
  return typeof word === 'string' && /^(?:must|true|yes|required|critical|blocker|high)$/i.test(word.trim());
}

/** List items that are no scores. */
function notesInProse(text: string): readonly Note[] {
  return text
    .split('\n')
    .filter((line) => /^\s*(?:[-*+•]|\d+[.)])\s+\S/.test(line) && !isScoreLine(line))
    .flatMap((line) => noteOf(line) ?? [])
    .slice(0, MAX_NOTES);
}
