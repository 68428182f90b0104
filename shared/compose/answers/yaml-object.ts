import { parseDocument } from 'yaml';
import { isDeepYaml } from '../../skills/nesting.ts';
import type { JsonObject } from './tolerant-json.ts';

/** Longer than any answer of ours; the library's work grows faster than the text. */
const MAX_CHARS = 20_000;
const FENCED = /^(`{3,}|~{3,})ya?ml[ \t]*\n([\s\S]*?)\n\1[ \t]*$/im;
const FIELD = /^[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|$)/m;

/**
 * The mapping of an answer that is YAML where JSON was asked for: a block that says so, the whole text, or a paragraph. Undefined: there is
 * none, or not one that can be read without a guess. No aliases and no tags, which say things that do not stand there.
 */
export function yamlObject(text: string): JsonObject | undefined {
  if (text.length > MAX_CHARS) return undefined;
  const fenced = FENCED.exec(text)?.[2];
  if (fenced !== undefined) return read(fenced);
  const whole = wholeYaml(text);
  if (whole) return whole;
  // between words to its user
  const part = text.split(/\n\s*\n/).find((one) => FIELD.exec(one)?.index === 0 && one.includes('\n'));
  return part === undefined ? undefined : read(part);
}

/** The mapping that a text is from its first line to its last. A draft may hold YAML of its own, which is no wrapping. */
export function wholeYaml(text: string): JsonObject | undefined {
  if (text.length > MAX_CHARS) return undefined;
  return read(text.replace(/^\s*---[ \t]*\n/, '').replace(/\n(?:---|\.\.\.)\s*$/, ''));
}

function read(yaml: string): JsonObject | undefined {
  if (yaml.length > MAX_CHARS || FIELD.exec(yaml)?.index !== 0 || isDeepYaml(yaml)) return undefined;
  const document = parseDocument(yaml, { schema: 'core', uniqueKeys: true, logLevel: 'silent' });
  if (document.errors.length > 0 || document.warnings.length > 0) return undefined;
  try {
    const value: unknown = document.toJS({ maxAliasCount: 0 });
    // as: a mapping of the core schema holds what JSON has, and `FIELD` says that this is a mapping
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
