import type * as z from 'zod/mini';
import { cutMargin } from './cut-margin.ts';
import { cutThoughts } from './cut-thoughts.ts';
import { describeIssue } from './describe-issue.ts';
import { boldFields } from './forms/bold-fields.ts';
import { objectsIn } from './objects-in.ts';
import { isRefusal } from './refusal.ts';
import type { JsonObject, JsonValue } from './tolerant-json.ts';
import { yamlObject } from './yaml-object.ts';

const MAX_PROBLEMS = 12;

/** An answer in its form, or the places where it differs from it. */
export type Fit<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly string[] };

/** What one kind of structured answer has to be. */
export interface AnswerForm<T> {
  /** Whether an object is that answer. Problems name places in our schema and what belongs there. */
  readonly fit: (object: JsonObject) => Fit<T>;
  /** The same out of prose, when no object fits. */
  readonly fromProse?: (text: string) => T | undefined;
}

/** What an answer turned out to be. After `unfit` the model is asked once more, after `refused` it is not. */
export type Structured<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'refused' }
  /** The problems never repeat the text or a parser's message about it, for both may hold anything. */
  | { readonly kind: 'unfit'; readonly problems: readonly string[] };

/** A form by its schema. `shape` says the same in the schema's words: other spellings, lists that are missing or a single text. */
export function formOf<T>(
  schema: z.ZodMiniType<T>,
  shape: (object: JsonObject) => unknown,
): AnswerForm<T>['fit'] {
  return (object) => {
    const parsed = schema.safeParse(shape(object));
    return parsed.success
      ? { ok: true, value: parsed.data }
      : { ok: false, problems: parsed.error.issues.slice(0, MAX_PROBLEMS).map(describeIssue) };
  };
}

/** The first object of an answer that fits, itself or in an envelope. */
export function readStructured<T>(answer: string, form: AnswerForm<T>): Structured<T> {
  // An answer that begins with its object has no thoughts before it, only perhaps the word in a string.
  const text = /^\s*(?:\{|\[\s*\{)/.test(answer) ? answer : cutThoughts(answer).text;
  const found = objectsIn(unquoted(cutMargin(text) ?? text));
  let longest = 0;
  let problems: readonly string[] | undefined;
  for (const { object, from, end } of found.objects) {
    const fit = fitOf(object, form);
    if (fit.ok) return { kind: 'value', value: fit.value };
    if (end - from <= longest) continue;
    longest = end - from;
    problems = fit.problems;
  }

  const yaml = yamlObject(text);
  const fit = yaml && fitOf(yaml, form);
  if (fit?.ok) return { kind: 'value', value: fit.value };
  const bold = boldFields(text);
  const named = bold && fitOf(bold, form);
  if (named?.ok) return { kind: 'value', value: named.value };
  const prose = form.fromProse?.(text);
  if (prose !== undefined) return { kind: 'value', value: prose };
  if (found.objects.some(({ object }) => saysNo(object)) || (!problems && isRefusal(text)))
    return { kind: 'refused' };
  if (problems) return { kind: 'unfit', problems };
  if (found.tooDeep) return { kind: 'unfit', problems: ['It nests too deep.'] };
  return {
    kind: 'unfit',
    problems: [found.broken ? 'It is not valid JSON.' : 'There is no JSON object in it.'],
  };
}

/** The first that fits of an object and what it may be an envelope of; else what the object itself lacks. */
function fitOf<T>(object: JsonObject, form: AnswerForm<T>): Fit<T> {
  const fit = form.fit(object);
  if (fit.ok) return fit;
  for (const inner of insideOf(object)) {
    const unwrapped = form.fit(inner);
    if (unwrapped.ok) return unwrapped;
  }
  return fit;
}

/** What a call of a tool, and an answer of a provider, are wrapped in. Nothing that an answer of ours names lies under them. */
const ENVELOPE =
  /^(?:tool_calls?|function_?call|function|arguments|args|input|parameters|choices|message|messages|content|parts|candidates|output|response|result|data)$/i;
const MAX_LAYERS = 5;

/** Objects one layer down, whatever their field is called, and further down through envelopes alone. */
function insideOf(object: JsonObject, layers = MAX_LAYERS): readonly JsonObject[] {
  return Object.entries(object).flatMap(([name, value]) => {
    const inner = objectsOf(value, ENVELOPE.test(name));
    if (layers === 1 || !ENVELOPE.test(name)) return inner;
    return [...inner, ...inner.flatMap((one) => insideOf(one, layers - 1))];
  });
}

/** A field's object, the one element of its list (of an envelope's each), or those that are written into its text. */
function objectsOf(value: JsonValue, isEnvelope: boolean): readonly JsonObject[] {
  if (typeof value === 'string')
    return value.trimStart().startsWith('{') ? objectsIn(value).objects.map(({ object }) => object) : [];
  if (Array.isArray(value)) return value.length === 1 || isEnvelope ? value.filter(isObject) : [];
  return isObject(value) ? [value] : [];
}

/** True for JSON objects, false for null and for lists. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A whole answer that is one JSON string with the object inside, or the inside of one, or escaped for HTML. */
function unquoted(text: string): string {
  if (/^\s*\{\s*&quot;/.test(text))
    return text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
  const inside = /^\s*\{(?:\s|\\n)*\\"/.test(text);
  if (!inside && !/^\s*"\s*\{/.test(text.replaceAll('\\n', '\n'))) return text;
  try {
    return String(JSON.parse(inside ? `"${text.trim()}"` : text));
  } catch {
    return text;
  }
}

/** `{"error": "I cannot help with that."}` */
function saysNo(object: JsonObject): boolean {
  const values = Object.values(object);
  return values.length <= 3 && values.some((value) => typeof value === 'string' && isRefusal(value));
}
