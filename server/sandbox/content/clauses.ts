import { shorten } from './text.ts';
import { type Kind, PHRASES, type Verb, verbOf } from './verbs.ts';

/** One thing that the goal asks for. Phrases are the user's own words without articles. */
export interface Clause {
  readonly verb: string;
  readonly kind: Kind;
  /** What stands between verb and object: `to` in "reply to customers". */
  readonly preposition: string;
  /** What it is done to, without what follows a preposition: "merged pull requests". */
  readonly object: string;
  /** What comes out, when the goal says so: "weekly release notes". */
  readonly result: string | undefined;
  /** The object with all that follows it, for a sentence. */
  readonly whole: string;
}

/** Long goals are read from the front: what a skill set is about comes first, and reading must stay cheap. */
const MAX_READ_CHARS = 6000;
const MAX_WHOLE_CHARS = 200;

const OPENERS: readonly RegExp[] = [
  /^(?:please|kindly|hi|hello|hey|ok(?:ay)?|so|also|and|then|next|finally|first(?:ly)?|second(?:ly)?|third(?:ly)?|lastly|basically|just|now|dear \w+)\b[\s,:!]*/i,
  /^(?:i|we|you|they|it|(?:my|our|the) (?:team|company|agent))(?:['’]d| would)? (?:like|love|want|need|wish|hope|plan|am trying|are trying|try)s?(?: (?:you|it|help|something|someone|to be able))? (?:to|with)\s+/i,
  /^(?:can|could|would|will|should|shall) (?:you|we|it|i|someone)\s+/i,
  /^help(?:s|ing)?(?: (?:me|us|people|(?:my|our|the) \w+))?(?: to| with| by)?\s+/i,
  /^(?:(?:build|create|make|write|prepare|design|develop|generate|give me|need|want|looking for)s?\s+)?(?:me |us )?(?:(?:a|an|some|one|several|the|two|three|four|five|\d+)\s+)?(?:(?:set|bundle|collection|group|series|suite|pack) of\s+)?(?:[\w-]+ )?(?:agent )?(?:skills?|agents?|assistants?|tools?|bots?)\s+(?:that|which|to|for|who)(?: (?:can|will|should))?\s+/i,
  /^(?:my|our|the) (?:goal|aim|task|job|problem|idea) is(?: to| that)?\s+/i,
  /^(?:every|each) (?:\w+ )?(?:day|week|month|quarter|year|morning|evening|night|sprint|release|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?,?\s+/i,
  /^(?:when(?:ever)?|if|once|after|before|during|for|in|on|at|as|given|from)\b(?:(?!\b(?:i|we)\b)[^,.]){2,80},\s*/i,
  /^(?:after|before|on|at|in|with) (?:every|each|the|an?) \w+,?\s+(?=(?:i|we)\b)/i,
  /^(?:i|we|you|they|it|that|which|who)\s+(?=\w)/i,
  /^(?:has to|have to|must|should|needs? to|can|will|to|always|automatically|regularly|usually|often|quickly)\s+/i,
];

/** A thing that is wanted, not an act: "I need label text for the envelopes". */
const WISH =
  /^(?:i|we)(?:['’]d| would)? (?:like|love|want|need)s? (?!(?:help|to|you|it|something|someone)\b)/i;
const CONTEXT =
  /^(?:i|we|our \w+|my \w+|they|it|there)(?:['’](?:m|re|s|ve))?\s+(?:am|are|is|was|were|have|has|had|run|own|use|work|live|currently)\b/i;
const DETERMINERS =
  /^(?:(?:all|any|each|every|both|some|many|these|those|this|that|the|a|an|my|our|your|their|its|his|her|me|us)\s+)+/i;
const PRONOUN = /^(?:it|them|this|that|these|those|everything|each|all|so|why|how)?$/i;
/** Words that name a thing only together with what follows them. */
const OPEN_ENDED = /^(?:anything|everything|something|whatever|anyone|whoever|people|what|which)$/i;
const AFTERTHOUGHT =
  /\s+(?:daily|weekly|monthly|yearly|regularly|automatically|quickly|consistent|consistently|tidy|fresh|updated|up)$/i;
/** What a sentence is about that asks for nothing itself: "My tests are flaky. Fix them." */
const TOPIC = /^(?:my|our|the)\s+(.{2,40}?)\s+(?:is|are|was|were|has|have|keeps?|takes?|does|do|needs?)\b/i;
const PREPOSITION =
  /\s+(?:into|from|for|to|in|on|with|without|using|against|by|about|at|via|so|when|whenever|before|after|as|based|per|within|that|which|who|whose|where|because|under|over|during|until|across)\s/i;
const LEADING_PREPOSITION = /^(?:to|on|for|with|about|at|from|through)\s+/i;
/** Second halves of compound nouns, as in "release notes" and "test results". */
const COMPOUND =
  /^(?:notes?|cases?|results?|files?|requests?|logs?|forms?|templates?|docs?|documents?|comments?|campaigns?|addresses|lists?|names?|messages?|keys?|reviews?|plans?|reports?|items?|ideas?|lines?|threads?|history|records?|data|pages?|entries|steps|numbers?|dates?|meetings?|status)$/i;

/** Takes away one opening phrase after another, each time from the start, since "I want to" can stand behind "after each episode". */
function withoutOpeners(sentence: string): string {
  let text = sentence.trim();
  for (let pass = 0; pass < 12; pass++) {
    const opener = OPENERS.find((known) => known.test(text));
    const rest = WISH.test(text) ? text.replace(WISH, 'prepare ') : text.replace(opener ?? '', '');
    if (rest === text) return text;
    text = rest;
  }
  return text;
}

function inVerbs(text: string): string {
  return PHRASES.reduce((replaced, [phrase, verb]) => replaced.replaceAll(phrase, verb), text);
}

/** A text's sentences and list entries without their marks; code and addresses are left out. */
export function sentences(goal: string): readonly string[] {
  return goal
    .normalize('NFC')
    .slice(0, MAX_READ_CHARS)
    .replaceAll(/```[\s\S]*?(?:```|$)/g, '\n')
    .replaceAll(/https?:\/\/\S+/g, ' ')
    .split(/(?<=[.!?])\s+|[.!?]+$|[。！？；؟۔।]+|\n+|;\s+|\s[–—]\s|\s-\s/u)
    .map((part) =>
      part
        .replace(/^\s*(?:[-*•#>]+|\d+[.)])\s*/, '')
        .trim()
        .replace(/[.!?,:]+$/, ''),
    )
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
}

/** Whether a new step begins here, rather than the next word of a list. */
function opensStep(rest: string, voice: Verb['form']): boolean {
  const [first = '', second = ''] = withoutOpeners(rest).split(/\s+/);
  const verb = verbOf(first.replace(/,$/, ''));
  if (!verb || (verb.form !== 'base' && verb.form !== voice)) return false;
  if (!verb.noun) return true;
  return (
    second !== '' &&
    !COMPOUND.test(second) &&
    !PREPOSITION.test(` ${second} `) &&
    !/^(?:and|or)$/i.test(second)
  );
}

function steps(sentence: string): readonly string[] {
  const voice = verbOf(withoutOpeners(sentence).split(/\s+/)[0] ?? '')?.form ?? 'base';
  const found: string[] = [];
  let from = 0;
  for (const separator of sentence.matchAll(
    /,\s*(?:and\s+|or\s+|then\s+)*|:\s+|\s+(?:and|then|&)\s+(?:then\s+|also\s+)?/gi,
  )) {
    const next = separator.index + separator[0].length;
    const bare = !/\s/.test(sentence.slice(from, separator.index).trim());
    if (bare || !opensStep(sentence.slice(next), voice)) continue;
    found.push(sentence.slice(from, separator.index));
    from = next;
  }
  const all = [...found, sentence.slice(from)].map((step) => step.trim()).filter((step) => step !== '');
  // "Onboard new engineers: set up a laptop, create accounts": the heading is said again by what follows it.
  return all.length > 2 && /^[^,]{3,80}:\s/.test(sentence) && sentence.indexOf(':') === all[0]?.length
    ? all.slice(1)
    : all;
}

/** A phrase without its articles. */
export function bareOf(phrase: string): string {
  return phrase.replace(DETERMINERS, '').trim();
}

function headOf(phrase: string): string {
  const [head = ''] = phrase.split(PREPOSITION);
  const bare = bareOf(head.replace(/[,:]$/, ''));
  if (OPEN_ENDED.test(bare)) return bareOf(phrase.split(/\s+(?:to|into)\s/i)[0] ?? '');
  return bare.replace(AFTERTHOUGHT, '').replace(/^(?:of|about|on|to|with)\s+/i, '');
}

/** "turn A into B": what goes in and what comes out. */
function inAndOut(rest: string): { readonly object: string; readonly result: string | undefined } {
  const [, from, to] = /^(.+?)\s+into\s+(.+)$/i.exec(rest) ?? [];
  return from && to
    ? { object: headOf(from), result: headOf(to) }
    : { object: headOf(rest), result: undefined };
}

/** `meant`: what "it" stands for. */
export function clauseOf(step: string, meant?: string): Clause | undefined {
  const text = withoutOpeners(step);
  const [first = ''] = text.split(/\s+/);
  const verb = verbOf(first);
  if (!verb) return undefined;
  // "plan and budget a trip" is one step
  const rest = text
    .slice(first.length)
    .trim()
    .replace(/^(?:and|or|&)\s+\S+\s+/i, '');
  const preposition = LEADING_PREPOSITION.exec(rest)?.[0].trim() ?? '';
  const after = rest.slice(preposition.length).trim();
  const { object, result } = inAndOut(bareOf(after));
  const kind = verb.base === 'prepare' && preposition === 'for' ? 'plan' : verb.kind;
  const clause = { verb: verb.base, kind, preposition, result };
  if (!PRONOUN.test(object))
    return { ...clause, object: shorten(object, 80), whole: shorten(after, MAX_WHOLE_CHARS) };
  if (meant === undefined) return undefined;
  const whole = after.replace(
    /^(?:it|them|this|that|these|those|everything|each|all|why|how)?(?=\s|$)/i,
    `the ${meant}`,
  );
  return { ...clause, object: meant, whole: shorten(whole, MAX_WHOLE_CHARS) };
}

/** The steps that an English goal asks for, in its order; empty when it names none (a bare noun, another language). */
export function clausesOf(goal: string): readonly Clause[] {
  const clauses: Clause[] = [];
  let topic: string | undefined;
  for (const sentence of sentences(inVerbs(goal))) {
    topic = TOPIC.exec(sentence)?.[1] ?? topic;
    for (const step of CONTEXT.test(sentence) && !sentence.includes(',') ? [] : steps(sentence)) {
      const last = clauses.at(-1);
      const clause = CONTEXT.test(step) ? undefined : clauseOf(step, last?.result ?? last?.object ?? topic);
      if (clause && !clauses.some((known) => known.verb === clause.verb && known.object === clause.object))
        clauses.push(clause);
    }
  }
  return clauses;
}

/** The first thing the goal says, cleaned of "please help me to". */
export function subjectOf(goal: string): string {
  const all = sentences(goal);
  const first = all.find((sentence) => !CONTEXT.test(sentence)) ?? all[0] ?? '';
  return bareOf(withoutOpeners(first));
}
