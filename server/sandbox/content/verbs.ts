/** What a step does, and with it which recipe a draft about it follows. */
export type Kind =
  | 'gather'
  | 'transform'
  | 'write'
  | 'review'
  | 'analyze'
  | 'organize'
  | 'plan'
  | 'communicate'
  | 'build'
  | 'fix'
  | 'act';

const VERBS: Readonly<Record<Kind, string>> = {
  gather:
    'collect compile gather find fetch pull list search research scrape read import load download query capture record log track watch monitor',
  transform:
    'turn convert transform translate rewrite migrate change refactor format reformat clean normalize normalise parse extract split merge combine map transcribe adapt shorten simplify localize',
  write: 'write give draft compose create generate produce prepare document make outline edit update revise',
  review:
    'review check verify validate audit inspect enforce proofread test lint assess evaluate score grade compare detect spot flag scan confirm',
  analyze:
    'analyze analyse summarize summarise explain understand study measure estimate forecast predict calculate compute profile visualize visualise chart plot profile interpret diagnose investigate',
  organize:
    'organize organise sort triage match sync keep maintain categorize categorise classify label tag group prioritize prioritise rank route assign file store archive manage dedupe clarify',
  plan: 'plan schedule design budget learn practice practise structure choose pick decide brainstorm define prioritise scope',
  communicate:
    'send hand alert page call ask guide share reply respond answer notify email post publish present announce escalate report tell teach train onboard coach remind message support advise negotiate interview',
  build:
    'build connect implement code develop set-up configure deploy install automate integrate scaffold add release ship model prototype',
  fix: 'fix debug repair resolve improve optimize optimise reduce remove upgrade patch tune speed-up harden refine secure protect',
  act: 'order save buy book pay cancel delete run process handle submit apply approve reconcile invoice execute prune',
};

/** Verbs that are as often nouns: `and release notes` goes on with a list, `and release the build` is a new step. */
const NOUNS = new Set(
  'plan report review test draft design order book code document list record log research schedule score label tag file map chart plot budget process release post message email answer change update check estimate grade profile format share audit monitor support model patch outline track watch query load model file ship match practice keep page call store ask guide alert hand interview invoice'.split(
    ' ',
  ),
);

/** Turns of speech that mean one of the verbs. */
export const PHRASES: ReadonlyArray<readonly [RegExp, string]> = [
  [/\bset(?:ting|s)? up\b/gi, 'set-up'],
  [/\bspeed(?:ing|s)? up\b/gi, 'speed-up'],
  [/\blook(?:ing|s)? (?:at|over|through)\b|\bgo(?:ing|es)? (?:over|through)\b/gi, 'review'],
  [/\bfind(?:ing|s)? out\b/gi, 'investigate'],
  [/\blook(?:ing|s)? (?:for|up)\b|\bfigur(?:e|es|ing) out\b/gi, 'find'],
  [/\bkeep(?:ing|s)? (?:track of|an eye on)\b|\bfollow(?:ing|s)? up on\b/gi, 'track'],
  [/\bcom(?:e|es|ing) up with\b/gi, 'draft'],
  [/\bput(?:ting|s)? together\b|\bwrit(?:e|es|ing) up\b/gi, 'prepare'],
  [/\bclean(?:ing|s)? up\b/gi, 'clean'],
  [/\bbreak(?:ing|s)? down\b/gi, 'split'],
  [/\bmak(?:e|es|ing) sure(?: that)?\b/gi, 'check that'],
  [/\bdeal(?:ing|s)? with\b|\btak(?:e|es|ing) care of\b/gi, 'handle'],
  [/\bsum(?:ming|s)? up\b/gi, 'summarize'],
  [
    /\bmake ((?:\S+ ){1,5}?)(?:load |run |work |more )?(faster|better|cheaper|safer|easier|smaller|simpler|cleaner)\b/gi,
    'improve $1to be $2',
  ],
  [/^(?:back ?up|backing up)\b/gi, 'archive'],
];

export interface Verb {
  readonly base: string;
  readonly kind: Kind;
  readonly form: 'base' | 'third' | 'ing';
  readonly noun: boolean;
}

/** `he`/`she`/`it` form: writes, searches, classifies. */
export function third(base: string): string {
  const [head = base, ...rest] = base.split('-');
  const inflected = /[^aeiou]y$/.test(head)
    ? `${head.slice(0, -1)}ies`
    : head + (/(?:[sxz]|ch|sh|o)$/.test(head) ? 'es' : 's');
  return [inflected, ...rest].join('-');
}

export function ing(base: string): string {
  const [head = base, ...rest] = base.split('-');
  const doubled = /^[^aeiou]*[aeiou][bdgklmnprt]$/.test(head) || head === 'format' || head === 'submit';
  const open = /[^e]e$/.test(head) ? head.slice(0, -1) : head;
  return [doubled ? `${head}${head.at(-1) ?? ''}ing` : `${open}ing`, ...rest].join('-');
}

/** `set-up` is one word here and two for readers. */
export function spoken(verb: string): string {
  return verb.replace('-', ' ');
}

const forms = new Map<string, Verb>();
// as: Object.entries loses the literal names
for (const [kind, verbs] of Object.entries(VERBS) as [Kind, string][]) {
  for (const base of verbs.split(' ')) {
    const noun = NOUNS.has(base);
    if (forms.has(base)) continue;
    forms.set(base, { base, kind, form: 'base', noun });
    forms.set(third(base), { base, kind, form: 'third', noun });
    forms.set(ing(base), { base, kind, form: 'ing', noun: false });
  }
}

export function verbOf(word: string): Verb | undefined {
  return forms.get(word.toLowerCase());
}
