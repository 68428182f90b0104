/**
 * Reads a SKILL.md that anyone may have written. Never by gray-matter, which runs front matter that calls itself JavaScript. No
 * YAML tags beyond the core schema, no aliases (a few lines of them expand to gigabytes), bounded sizes.
 */
import { LineCounter, parseDocument } from 'yaml';
import type { Finding, Manifest } from '../contract/plan.ts';
import { manifest } from '../contract/plan.ts';
import { isDeepYaml } from './nesting.ts';
import { splitSkill } from './split-skill.ts';

export const MAX_SKILL_CHARS = 1_000_000;
const MAX_FRONT_MATTER_CHARS = 16_384;

/** A SKILL.md in its parts. `header` and `body` together are the text with LF line ends. */
export interface SkillFile {
  /** The front matter as it was written, unknown fields included. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** The line of each top-level field, from 1. */
  readonly fieldLines: ReadonlyMap<string, number>;
  /** Everything before the body. */
  readonly header: string;
  readonly body: string;
  /** The line where `body` begins, from 1. */
  readonly bodyLine: number;
}

/** The file, or one finding of severity `error` that says why it cannot be read. */
export type SkillReading =
  | { readonly ok: true; readonly file: SkillFile }
  | { readonly ok: false; readonly finding: Finding };

/** Reads texts of at most a million characters. It never throws, and a byte order mark and CRLF are accepted. */
export function readSkill(text: string): SkillReading {
  if (text.length > MAX_SKILL_CHARS)
    return broken(
      'spec.size',
      'The skill has more than a million characters.',
      'Shorten it; move long material to its own files.',
    );
  const parts = splitSkill(text);
  if (!parts) {
    return broken(
      'spec.frontmatter.missing',
      'There is no front matter between two lines of ---.',
      'Begin with ---, name, description, ---.',
      1,
    );
  }

  const { yaml, header, body } = parts;
  if (yaml.length > MAX_FRONT_MATTER_CHARS || isDeepYaml(yaml)) {
    return broken(
      'spec.frontmatter.size',
      'The front matter is too long or nests too deep.',
      'Keep it to name, description and a few short fields.',
      1,
    );
  }

  const matter = readFields(yaml);
  if (!matter.ok) return matter;

  const { fields, fieldLines } = matter;
  return { ok: true, file: { fields, fieldLines, header, body, bodyLine: 1 + lineFeedsIn(header) } };
}

function lineFeedsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

type FieldsReading =
  | ({ readonly ok: true } & Pick<SkillFile, 'fields' | 'fieldLines'>)
  | { readonly ok: false; readonly finding: Finding };

/** What stands between the two lines of ---; its first line is the file's second. */
function readFields(yaml: string): FieldsReading {
  const counter = new LineCounter();
  const fieldLines = new Map<string, number>();
  let fields: unknown;
  try {
    const document = parseDocument(yaml, {
      lineCounter: counter,
      prettyErrors: false,
      logLevel: 'silent',
      schema: 'core',
      resolveKnownTags: false,
    });
    const [error] = document.errors;
    if (error) {
      const line = counter.linePos(error.pos[0]).line + 1;
      return broken(
        'spec.frontmatter.yaml',
        'The front matter is not valid YAML.',
        'Put values with a colon or a quote in quotes.',
        line,
      );
    }
    fields = document.toJS({ maxAliasCount: 0 });
    for (const [name, offset] of topLevelOffsets(document.contents))
      fieldLines.set(name, counter.linePos(offset).line + 1);
  } catch {
    return broken(
      'spec.frontmatter.yaml',
      'The front matter uses YAML that skills have no use for, such as aliases.',
      'Write plain values.',
      1,
    );
  }
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    return broken(
      'spec.frontmatter.yaml',
      'The front matter is not a list of fields.',
      'Begin with name: and description:.',
      1,
    );
  }
  // as: an object that is no array, whose values stay unknown
  return { ok: true, fields: fields as Record<string, unknown>, fieldLines };
}

/** The front matter as the contract has it; undefined when it breaks the specification. */
export function fieldsToManifest(fields: Readonly<Record<string, unknown>>): Manifest | undefined {
  const tools = fields['allowed-tools'];
  const parsed = manifest.safeParse({
    name: fields['name'],
    description: fields['description'],
    license: fields['license'] ?? undefined,
    compatibility: fields['compatibility'] ?? undefined,
    allowedTools: tools === undefined || tools === null ? undefined : splitTools(tools),
    metadata: fields['metadata'] ?? undefined,
  });
  if (!parsed.success) return undefined;
  // Absent fields stay absent, so that a manifest that was read equals the one that was written.
  return Object.fromEntries(
    Object.entries(parsed.data).filter(([, value]) => value !== undefined),
  ) as Manifest; // as: the same fields
}

/** `Bash(git diff:*) Read` is two tools: blanks inside parentheses do not separate. Lists and commas are common, so they are taken too. */
export function splitTools(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return String(value).match(/[^\s,()]{1,200}(?:\([^)]{0,200}\))?/g) ?? [];
}

function topLevelOffsets(contents: unknown): readonly (readonly [string, number])[] {
  // as: the parser's map node has items whose names have a value and a range; anything else has none of it
  const items =
    (contents as { items?: readonly { key?: { value?: unknown; range?: readonly number[] } }[] } | null)
      ?.items ?? [];
  return items.map((item) => [String(item.key?.value), item.key?.range?.[0] ?? 0]);
}

function broken(
  rule: string,
  message: string,
  fix: string,
  line?: number,
): { readonly ok: false; readonly finding: Finding } {
  return {
    ok: false,
    finding: { rule, severity: 'error', message, fix, ...(line === undefined ? {} : { line }) },
  };
}
