import type { Finding } from '../../contract/plan.ts';
import { normalizeBody } from '../../skills/skill-body.ts';
import { cutTalk } from './cut-talk.ts';
import { cutThoughts } from './cut-thoughts.ts';
import { cutFrontMatter } from './front-matter.ts';
import { mendFences } from './mend-fences.ts';
import { objectsIn } from './objects-in.ts';
import { isObject } from './read-structured.ts';
import { isRefusal } from './refusal.ts';
import type { JsonObject } from './tolerant-json.ts';
import { unwrapFence } from './unwrap-fence.ts';
import { unwrapText } from './unwrap-text.ts';
import { wholeYaml } from './yaml-object.ts';

/** What was removed from an answer to get at the draft. */
export type Repair =
  | 'thoughts'
  | 'json'
  | 'marks'
  | 'fence'
  | 'talk'
  | 'front-matter'
  | 'copy'
  | 'inner-fences';

/** A body with the list of what was removed around it, or why there is none. */
export type DraftReading =
  | { readonly kind: 'body'; readonly body: string; readonly repairs: readonly Repair[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'empty' };

/** Wrappings within one another; hostile text could go on for ever. */
const MAX_LAYERS = 8;

/** The Markdown body out of a model's answer. Takes off what models add although they were told not to, and says so. */
export function readDraft(answer: string): DraftReading {
  const repairs = new Set<Repair>();
  let text = answer.replaceAll('\r\n', '\n');
  const step = (repair: Repair, next: string | undefined): boolean => {
    if (next === undefined || next.trim() === text.trim()) return false;
    repairs.add(repair);
    text = next.trim();
    return true;
  };

  step('thoughts', cutThoughts(text).text);
  if (isRefusal(text)) return { kind: 'refused' };
  // One wrapping may hold another: a greeting, a fence, JSON with a front matter in it.
  for (let rounds = 0, changed = true; changed && rounds < MAX_LAYERS; rounds += 1) {
    const talk = cutTalk(text);
    changed = step('talk', talk.text);
    changed = step('json', bodyInJson(text)) || changed;
    changed = step('marks', unwrapText(text.trimEnd())) || changed;
    changed = step('fence', unwrapFence(text.trim())) || changed;
    changed = step('front-matter', cutFrontMatter(text.trimStart())) || changed;
  }
  step('copy', firstOfTwo(text.trim()));
  step('inner-fences', mendFences(text));
  const body = normalizeBody(text);
  if (body === '') return { kind: 'empty' };
  return isRefusal(body) ? { kind: 'refused' } : { kind: 'body', body, repairs: [...repairs] };
}

/** A body that the user brings. Its front matter is removed, since the manifest comes from the plan; all else stays. */
export function readBroughtBody(body: string): {
  readonly body: string;
  readonly repairs: readonly Repair[];
} {
  const text = body.replaceAll('\r\n', '\n');
  const rest = cutFrontMatter(text.trimStart());
  return rest === text.trimStart()
    ? { body: normalizeBody(text), repairs: [] }
    : { body: normalizeBody(rest), repairs: ['front-matter'] };
}

const BODY_NAMES = ['body', 'markdown', 'content', 'skill', 'text', 'draft', 'skill_md', 'skillMd'];

/** The draft in an answer that is one JSON object, one JSON text or one mapping of YAML. */
function bodyInJson(text: string): string | undefined {
  const bare = /^(`{3,})(?:json|ya?ml)?[ \t]*\n([\s\S]*)\n\1$/.exec(text)?.[2] ?? text;
  if (/^"(?:[^"\\]|\\.)*"$/s.test(bare) && bare.includes('\\n')) return unquoted(bare);
  const yaml = wholeYaml(bare);
  const inYaml = yaml && bodyIn(yaml, BODY_NAMES, 1);
  // Lines of `name: word` are YAML too: a draft has more than one line.
  if (inYaml?.trim().includes('\n')) return inYaml;
  const written = linesIn(bare);
  if (written !== undefined) return written;
  if (!bare.startsWith('{')) return undefined;
  const [found] = objectsIn(bare).objects;
  if (found?.from !== 0 || bare.slice(found.end).trim() !== '') return undefined;
  return bodyIn(found.object, BODY_NAMES) ?? bodyIn(found.object);
}

/** The first text under one of the names, or without names the one with lines in it, also some layers down. */
function bodyIn(object: JsonObject, names?: readonly string[], layers = 5): string | undefined {
  const texts = Object.entries(object).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && (names?.includes(entry[0]) ?? entry[1].includes('\n')),
  );
  const [text] = names
    ? texts.toSorted(([one], [other]) => names.indexOf(one) - names.indexOf(other))
    : texts;
  if (text && (names || texts.length === 1)) return text[1];
  if (layers === 1) return undefined;
  const inner = Object.values(object).flatMap((value) =>
    Array.isArray(value) && value.length === 1 ? value : [value],
  );
  return inner
    .filter(isObject)
    .map((one) => bodyIn(one, names, layers - 1))
    .find(Boolean);
}

/** A draft as a list of its lines, or on one line with its breaks as two characters each. */
function linesIn(text: string): string | undefined {
  if (/^#{1,6} [^\n]*\\n\\n[^\n]*$/.test(text)) return text.replaceAll('\\n', '\n');
  if (!/^(?:\[|\{\s*"\w{1,40}"\s*:\s*\[)/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    const lines: unknown = Array.isArray(parsed) ? parsed : Object.values(Object(parsed))[0];
    if (!Array.isArray(lines) || lines.length < 3) return undefined;
    if (!lines.every((line) => typeof line === 'string')) return undefined;
    return /^(?:#{1,6} |---$)/.test(lines[0] ?? '') ? lines.join('\n') : undefined;
  } catch {
    return undefined;
  }
}

/** The first of two equal halves. */
function firstOfTwo(text: string): string | undefined {
  const [title = ''] = text.split('\n', 1);
  const at = title === '' ? -1 : text.indexOf(`\n${title}\n`, Math.floor(text.length / 2) - 20);
  if (at < 0) return undefined;
  const first = text.slice(0, at).replace(/\n\s*(?:-{3,}|\*{3,}|={3,})\s*$/, '');
  return first.trim() === text.slice(at).trim() ? first : undefined;
}

function unquoted(text: string): string | undefined {
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const CUT: Record<Repair, string> = {
  thoughts: 'its own thoughts before the text',
  json: 'JSON around the text',
  marks: 'tags, rules or other marks around the whole text',
  fence: 'a code fence around the whole text',
  talk: 'words to its user before or after the text',
  'front-matter': 'a front matter before the text',
  copy: 'the same text twice',
  'inner-fences': 'code fences inside of one as short as themselves',
};

const DONE: Readonly<Partial<Record<Repair, string>>> = {
  copy: 'One of them was taken off.',
  'inner-fences': 'The outer one was made longer.',
};

/** Turns what was removed into findings, so that nothing disappears from an answer silently. */
export function repairFindings(repairs: readonly Repair[], who: 'model' | 'user'): readonly Finding[] {
  return repairs.map((repair) => ({
    rule: `answer.${repair}`,
    severity: 'info' as const,
    message:
      who === 'model'
        ? `The model wrote ${CUT[repair]}. ${DONE[repair] ?? 'That was taken off.'}`
        : `There was ${CUT[repair]}. That was taken off: the front matter comes from the plan.`,
  }));
}
