import { fenced } from '../../../shared/compose/fence.ts';

/** An object that came in a prompt. */
export type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** The texts of a list; empty where there is none. */
export const strings = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : []).filter((entry): entry is string => typeof entry === 'string');
/** The objects of a list; empty where there is none. */
export const records = (value: unknown): readonly Fields[] =>
  (Array.isArray(value) ? value : []).filter(isRecord);

/** A text's JSON; undefined where it is none. */
export function parsed(json: string | undefined): unknown {
  try {
    return json === undefined ? undefined : JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The object between the tags of that name; empty where there is none. */
export function parseFence(name: string, text: string): Fields {
  const value = parsed(fenced(name, text));
  return isRecord(value) ? value : {};
}
