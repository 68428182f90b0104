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

/** What was removed from an answer to get at the draft. */
export type Repair = 'thoughts' | 'json' | 'fence' | 'talk' | 'front-matter' | 'inner-fences';

/** A body with the list of what was removed around it, or why there is none. */
export type DraftReading =
  | { readonly kind: 'body'; readonly body: string; readonly repairs: readonly Repair[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'empty' };

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
  for (let changed = true; changed; ) {
    const talk = cutTalk(text);
    changed = step('talk', talk.text);
    changed = step('json', bodyInJson(text)) || changed;
    changed = step('fence', unwrapFence(text.trim())) || changed;
    changed = step('front-matter', cutFrontMatter(text.trimStart())) || changed;
  }
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

/** The draft in an answer that is one JSON object or one JSON text. */
function bodyInJson(text: string): string | undefined {
  const bare = /^(`{3,})(?:json)?[ \t]*\n([\s\S]*)\n\1$/.exec(text)?.[2] ?? text;
  if (/^"(?:[^"\\]|\\.)*"$/s.test(bare) && bare.includes('\\n')) return unquoted(bare);
  if (!bare.startsWith('{')) return undefined;
  const [found] = objectsIn(bare).objects;
  if (found?.from !== 0 || bare.slice(found.end).trim() !== '') return undefined;
  return bodyIn(found.object) ?? Object.values(found.object).filter(isObject).map(bodyIn).find(Boolean);
}

function bodyIn(object: JsonObject): string | undefined {
  const named = BODY_NAMES.map((name) => object[name]).find((value) => typeof value === 'string');
  if (typeof named === 'string') return named;
  const long = Object.values(object).filter(
    (value): value is string => typeof value === 'string' && value.includes('\n'),
  );
  return long.length === 1 ? long[0] : undefined;
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
  fence: 'a code fence around the whole text',
  talk: 'words to its user before or after the text',
  'front-matter': 'a front matter before the text',
  'inner-fences': 'code fences inside of one as short as themselves',
};

/** Turns what was removed into findings, so that nothing disappears from an answer silently. */
export function repairFindings(repairs: readonly Repair[], who: 'model' | 'user'): readonly Finding[] {
  return repairs.map((repair) => ({
    rule: `answer.${repair}`,
    severity: 'info' as const,
    message:
      who === 'model'
        ? `The model wrote ${CUT[repair]}. ${repair === 'inner-fences' ? 'The outer one was made longer.' : 'That was taken off.'}`
        : `There was ${CUT[repair]}. That was taken off: the front matter comes from the plan.`,
  }));
}
