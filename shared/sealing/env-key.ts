import { fitOf } from '../providers/key-variables.ts';
import { cleanKey, judgeKey, type KeyRules, vendorsOf } from './key-shape.ts';

/**
 * What of a pasted or dropped text goes into the key's field.
 * `other`: no variables, so that it goes in as it is.
 * `taken`: one key, of the provider with the id `of`. `name` is its variable's, where it is one that the product itself knows, so that
 * words about it quote nothing of the text.
 * `nothing`: variables, and no key among them that a provider of this server would take.
 */
export type EnvKey =
  | { readonly kind: 'other' }
  | {
      readonly kind: 'taken';
      readonly key: string;
      readonly of: string;
      readonly name: string | undefined;
      readonly lines: number;
    }
  | { readonly kind: 'nothing'; readonly lines: number };

interface Variable {
  readonly name: string;
  readonly value: string;
}

/** A file of settings is far shorter. */
export const MAX_ENV_CHARS = 200_000;

/** What stands before a name in shells, Compose files, Dockerfiles and JSON; bounded, as all of these, since any text may be pasted. */
const BEFORE =
  /^(?:[-*]\s{1,9})?(?:(?:export|setx?|env|arg|declare|typeset)\s{1,9}(?:-{1,2}\w{1,9}\s{1,9}){0,3}|\$env:)?[{\s"']{0,4}/i;
const NAME = /^[a-z_][\w.-]{1,80}(?=["']?\s{0,9}[=:])/i;
const SIGN = /^["']?\s{0,9}[=:]\s{0,9}/;
/** fish, Windows and old Dockerfiles have a blank in place of the sign. */
const SPACED = /^(?:setx?|env)\s{1,9}(?:-{1,2}\w{1,9}\s{1,9}){0,3}([a-z_]\w{1,80})\s{1,9}(?![=:])/i;
const COMMENT = /^(?:#|\/\/|;|rem\s)/i;

/** The key of the chosen provider in a text of variables, or else of another one that this server has. The rest is let go. */
export function keyInEnv(pasted: string, chosen: KeyRules, others: readonly KeyRules[]): EnvKey {
  const lines = pasted
    .slice(0, MAX_ENV_CHARS)
    .split(/[\r\n]{1,9}/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const told = lines.filter((line) => !COMMENT.test(line));
  const variables = told.map(readVariable).filter((variable) => variable !== undefined);
  const taken = [chosen, ...others].map((rules) => bestFor(rules, variables)).find(Boolean);
  // The last text that was matched stays in the engine's memory until the next one.
  /^/.test('');
  if (taken) return { kind: 'taken', ...taken, lines: lines.length };
  // A single line may as well be a key that has a sign in it.
  const isEnv = lines.length > 1 && variables.length * 2 >= told.length;
  return isEnv ? { kind: 'nothing', lines: lines.length } : { kind: 'other' };
}

/** By the name that the provider's tools read, else by a name like it, else by how the key begins. Of equals the last, as shells have it. */
function bestFor(
  rules: KeyRules,
  variables: readonly Variable[],
): { readonly key: string; readonly of: string; readonly name: string | undefined } | undefined {
  let best: { readonly rank: number; readonly value: string; readonly name: string | undefined } | undefined;
  for (const { name, value } of variables) {
    const fit = fitOf(name, rules.id);
    const rank = Math.max(RANKS[fit.is], fit.is === 'known' ? 0 : rankOfValue(value, rules.id, fit.is));
    if (rank === 0 || rank < (best?.rank ?? 0)) continue;
    if (judgeKey((at) => value.charCodeAt(at), value.length, rules)) continue;
    best = { rank, value, name: fit.is === 'known' ? fit.known : undefined };
  }
  return best && { key: detached(best.value), of: rules.id, name: best.name };
}

const RANKS = { known: 3, alike: 2, anothers: 0, nobodys: 0 } as const;

/** How some keys begin tells one provider; others could be of several, and then the name is believed. */
function rankOfValue(value: string, id: string, fit: 'alike' | 'anothers' | 'nobodys'): number {
  const vendors = vendorsOf(value);
  return vendors.includes(id) && (vendors.length === 1 || fit !== 'anothers') ? 1 : 0;
}

function readVariable(line: string): Variable | undefined {
  const spaced = SPACED.exec(line);
  if (spaced?.[1]) return { name: spaced[1], value: readValue(line.slice(spaced[0].length)) };
  const rest = line.replace(BEFORE, '');
  const name = NAME.exec(rest)?.[0];
  if (name === undefined) return undefined;
  return { name, value: readValue(rest.slice(name.length).replace(SIGN, '')) };
}

/** Without quotes, and without the comment behind it: no key has a blank in it. */
function readValue(text: string): string {
  const quote = /^["'`\u2018\u201c]/.exec(text)?.[0];
  const closing = { '\u2018': '\u2019', '\u201c': '\u201d' }[quote ?? ''] ?? quote;
  const end = closing === undefined ? -1 : text.indexOf(closing, 1);
  const inside = end > 0 ? text.slice(1, end) : text;
  const { key } = cleanKey(inside.slice(0, MAX_ENV_CHARS));
  return end > 0 ? key : cleanKey(key.split(/\s/, 1)[0] ?? '').key;
}

/** A copy that keeps nothing else alive: V8 makes a part of a text as a window on the whole of it. */
function detached(part: string): string {
  return Array.from(part).join('');
}
