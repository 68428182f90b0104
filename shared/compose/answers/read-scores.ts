/**
 * The critic's four scores, however a model wrote them: 8, "8/10", "4 out of 5", 85 of 100, {"score":8}, under `scores`, in a list, in
 * prose. Scores whose scale cannot be told are left out: a 4 of 5 read as a 4 of 10 would have a good draft rewritten.
 */
import type { Scores } from '../../contract/plan.ts';
import { isObject } from './read-structured.ts';
import type { JsonObject, JsonValue } from './tolerant-json.ts';

type Dimension = keyof Scores;

const DIMENSIONS: readonly (readonly [name: Dimension, pattern: RegExp])[] = [
  ['specificity', /^specificity(?:score)?$/],
  ['completeness', /^completeness(?:score)?$/],
  ['safety', /^safety(?:score)?$/],
  ['goalAlignment', /^(?:goal)?alignment(?:withgoal|score)?$/],
];
const MAX_DEPTH = 3;

const SCORE_LINE = /^[\s>*\-+|#\d.)_]*((?:goal[\s_-]?)?[a-z]+)[\s*_]*(?:score)?[\s*_]*[:|=–—-]+[\s*_]*(.+)$/i;

/** A number as it was written; `of` is the scale that stands with it. */
interface Mark {
  readonly value: number;
  readonly of: number | undefined;
}

/** Reads the four scores out of an answer's object, on a scale of 0 to 10. Undefined when one is missing or the scale is doubtful. */
export function readScores(object: JsonObject): Scores | undefined {
  const marks = new Map<Dimension, Mark | null>();
  collect(object, marks, 0);
  return scoresOf(marks, scaleNamedIn(object));
}

/** "**Safety**: 8/10" and "| Safety | 8 |", each dimension once. */
export function scoresFromProse(text: string): Scores | undefined {
  const marks = new Map<Dimension, Mark | null>();
  for (const line of text.split('\n')) {
    const [name, rest = ''] = dimensionInLine(line) ?? [];
    if (name) note(marks, name, markOf(rest.replace(/[\s|*_]+$/, '')));
  }
  return scoresOf(marks, undefined);
}

/** Whether a line of prose gives a dimension's mark. */
export function isScoreLine(line: string): boolean {
  return dimensionInLine(line) !== undefined;
}

function dimensionInLine(line: string): readonly [Dimension, string] | undefined {
  const [, word = '', rest = ''] = SCORE_LINE.exec(line) ?? [];
  const name = dimensionOf(word);
  return name && [name, rest];
}

function collect(value: JsonValue, marks: Map<Dimension, Mark | null>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const entry of value) collect(entry, marks, depth + 1);
    return;
  }
  if (!isObject(value)) return;
  const named = Object.values(value).find((entry) => typeof entry === 'string' && dimensionOf(entry));
  const name = typeof named === 'string' ? dimensionOf(named) : undefined;
  if (name) {
    note(marks, name, markOf(value));
    return;
  }
  for (const [field, entry] of Object.entries(value)) {
    const dimension = dimensionOf(field);
    if (dimension) note(marks, dimension, markOf(entry));
    else collect(entry, marks, depth + 1);
  }
}

/** Two marks that differ are no mark. */
function note(marks: Map<Dimension, Mark | null>, name: Dimension, mark: Mark | undefined): void {
  const known = marks.get(name);
  const same = known === undefined || (known?.value === mark?.value && known?.of === mark?.of);
  marks.set(name, same ? (mark ?? null) : null);
}

function dimensionOf(name: string): Dimension | undefined {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return DIMENSIONS.find(([, pattern]) => pattern.test(plain))?.[0];
}

function markOf(value: JsonValue): Mark | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? { value, of: undefined } : undefined;
  if (typeof value === 'string') return markInText(value);
  if (!isObject(value)) return undefined;
  const inner = ['score', 'value', 'rating', 'points']
    .map((field) => value[field])
    .find((one) => one !== undefined);
  const mark = inner === undefined ? undefined : markOf(inner);
  const scale = scaleNamedIn(value);
  return mark && scale !== undefined ? { ...mark, of: mark.of ?? scale } : mark;
}

function markInText(text: string): Mark | undefined {
  const found =
    /^\s*(\d+(?:[.,]\d+)?)\s*(?:(?:\/|out of|of|von|sur|de)\s*(\d+)|(%|percent))?(?=$|[^\d.,]|[.,](?!\d))(?!\s*[-–—]\s*\d)/i.exec(
      text,
    );
  if (!found) return undefined;
  const of = found[3] === undefined ? found[2] && Number(found[2]) : 100;
  return { value: Number(found[1]?.replace(',', '.')), of: of || undefined };
}

function scaleNamedIn(object: JsonObject): number | undefined {
  const scale = ['scale', 'max', 'maximum', 'outOf', 'out_of', 'maxScore', 'max_score']
    .map((field) => object[field])
    .find((value) => value !== undefined);
  const number = typeof scale === 'string' ? Number(/(\d+)\s*$/.exec(scale)?.[1]) : scale;
  return typeof number === 'number' && number > 0 ? number : undefined;
}

function scoresOf(marks: ReadonlyMap<Dimension, Mark | null>, named: number | undefined): Scores | undefined {
  const given = DIMENSIONS.map(([name]) => marks.get(name));
  if (!given.every((mark): mark is Mark => mark !== null && mark !== undefined)) return undefined;
  const bare = given.filter(({ of }) => of === undefined).map(({ value }) => value);
  const scale = named ?? scaleOf(bare);
  const scores = given.map(({ value, of = scale }) =>
    of === undefined || value < 0 || value > of ? undefined : Math.round((value / of) * 100) / 10,
  );
  const [specificity, completeness, safety, goalAlignment] = scores;
  if (
    specificity === undefined ||
    completeness === undefined ||
    safety === undefined ||
    goalAlignment === undefined
  )
    return undefined;
  return { specificity, completeness, safety, goalAlignment };
}

/** The scale of numbers that stand alone. 12 may be a slip on ten or the bottom of a hundred: nobody can say. */
function scaleOf(values: readonly number[]): number | undefined {
  const most = Math.max(0, ...values);
  if (most <= 1 && values.some((value) => !Number.isInteger(value))) return 1;
  if (most <= 10) return 10;
  return most >= 20 && most <= 100 && values.every((value) => value === 0 || value > 10) ? 100 : undefined;
}
