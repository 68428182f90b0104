import { BEHIND_A_GATEWAY, type RefusalRule } from './refusal-rule.ts';

/**
 * For refusals in words that no vendor is known to use: families of words for what a refusal is about, and for what is wrong with it,
 * near each other. They count where no rule and no code knew better, and only where the status does not say otherwise. To teach a new
 * word, add it to its family.
 */

/** What it is about. */
const KEY =
  'api[ _-]?(?:keys?|tokens?)|(?:access|auth|bearer|secret|security|subscription)[ _-]?(?:keys?|tokens?)|credentials?|authori[sz]ation(?: header)?|authentication';
const ANY_KEY = `${KEY}|keys?|token`;
const HOLDER = 'accounts?|organi[sz]ation|workspace|tenant|profile|user';
const MONEY =
  'credits?|balance|wallet|funds?|billing|invoices?|payments?|prepaid|prepayment|subscription|(?:free )?trial|budget|spend(?:ing)?|allowance|(?:usd|eur|dollars?|euros?)|card';
const PROMPT = 'prompt|inputs?|messages?|conversation|request|context|sequence|history';
const SIZE = 'tokens?|context|n_ctx|window|context_length|characters';
const OUTPUT =
  'max[ _-]?(?:output|completion|new)?[ _-]?tokens|output tokens|completion tokens|output length';
const MODEL = 'models?|deployment|engine|checkpoint|weights';
const MACHINES =
  'gpus?|servers?|workers?|instances?|replicas?|backends?|queue|cluster|nodes?|slots?|capacity|hardware';
const POLICY =
  'safety|polic(?:y|ies)|guardrails?|moderation|harm\\w*|unsafe|abus\\w+|prohibited|screening|violence|acceptable use|aup|terms of (?:use|service)|illegal|disallowed|inappropriate|sensitive';

/** What is wrong with it. */
const DEAD =
  "not (?:be )?(?:recogni[sz]ed?|verified|validated|accepted|valid|known|found|active|authenticated|match\\w*|exist)|n[o’']t recogni[sz]e|invalid|unknown|incorrect|wrong|expired|lapsed|revoked|rotated|disabled|deactivated|suspended|(?:switched|turned) off|deleted|withdrawn|missing|absent|required|must|supply|provide|blocked|leaked|compromised|malformed|no longer|rejected|void|no good|unable to authenticate|not belong|refused|stale|retired|not (?:supplied|provided|given|present|sent)";
const SPENT =
  'empty|spent|consumed|below|add (?:money|funds|more)|renew\\w*|run (?:out|dry)|ran (?:out|dry)|out of|exhausted|depleted|used up|gone|ended|expired|lapsed|exceed\\w*|reached|hit|insufficient|too low|not enough|overdue|awaiting|pending|unpaid|outstanding|required|refill|top up|none left|left|negative|zero|[$€£]? ?0(?:\\.0+)?|inactive|not active|past due|failed|declined|cancel\\w+|over';
const MORE =
  'more than|exceed\\w*|too (?:long|large|big|many)|over(?:flow\\w*)?|longer|larger|greater|beyond|above|not fit|limit|maximum|at most|only';
const GONE =
  'retired|sunset|points? to nothing|(?:switched|turned) off|not one of|withdrawn|discontinued|decommissioned|removed|taken down|no longer (?:available|offered|served|hosted|exists?)|not (?:be )?(?:found|located|exist|offered|served|hosted|configured|installed|deployed|listed)';
const FORBIDDEN =
  "violat\\w+|reject\\w*|block\\w*|flag\\w*|refus\\w+|(?:can ?not|can[’']t|unable to) (?:process|complete|answer|help)|not (?:allowed|permitted)|against|breach\\w*|fail\\w*|trigger\\w*|declin\\w+|filter\\w*|stopped|not (?:serve|discuss|answer|support)";
const FULL =
  'busy|full|overload\\w*|exhausted|unavailable|saturated|occupied|in use|maintenance|shortage|down|taken|at (?:its )?(?:limit|maximum)';
const ARRIVING =
  '(?:being |still )?(?:fetch|download|load|start|warm|spin|boot|initiali[sz]|prepar|wak|provision)(?:ed|ing|en|s)?(?: up)?';
const LOCKED =
  'scopes?|permissions?|privileges?|allow-?list(?:ed)?|white-?list(?:ed)?|wait-?list|(?:limited|private|closed) (?:preview|beta|access)|early access|preview only|request access|entitle\\w*|network policy|reserved for|only for (?:\\w+ ){1,4}(?:plans?|tiers?|customers|users|subscribers|members)|upgrade (?:to|your (?:plan|account|tier))|(?:not|cannot) (?:be )?(?:used|accessed|available|offered|reached) (?:from|in|within) your|confirm your|must (?:be )?(?:verif\\w+|enabled?)|tier too low|higher tier|ask (?:your|an?|the) (?:\\w+ )?(?:admin\\w*|owner)|(?:admin\\w*|owner) has not';

const near = (first: string, then: string, chars = 80): RegExp =>
  new RegExp(`\\b(?:${first})\\b.{0,${chars}}?(?<!\\w)(?:${then})\\b`, 'i');
const beside = (one: string, other: string): readonly RegExp[] => [near(one, other), near(other, one)];

const ASKED: readonly number[] = [200, 400, 401, 402, 403, 404, 409, 422];

/** In order, behind all rules: the first family fits whose words stand near each other. */
export const WORD_FAMILIES: readonly RefusalRule[] = [
  {
    kind: 'output_limit',
    statuses: [200, 400, 413, 422, 500],
    words: [
      near(OUTPUT, `(?:${MORE}|ceiling|cannot|must be|up to|between|range)\\b.{0,40}?\\d{3}`),
      near(
        OUTPUT,
        `(?:must|has to|needs? to|should|may|can)\\b.{0,30}?\\d{3}|\\d{3,}\\b.{0,20}?(?:at most|or (?:less|fewer)|maximum)`,
      ),
      near(`ceiling|limit|maximum|${MORE}`, `(?:${OUTPUT})\\b.{0,40}?\\d{3}`),
    ],
  },
  {
    kind: 'context_length',
    statuses: [200, 400, 413, 422, 500],
    words: [
      near(PROMPT, `(?:${SIZE})\\b.{0,60}?(?<!\\w)(?:${MORE})`),
      near(PROMPT, `(?:too (?:long|large|big)|not fit|overflow\\w*)\\b.{0,60}?\\b(?:${SIZE})`),
      near(
        PROMPT,
        '\\d[\\d,.]* (?:tokens|characters)\\b.{0,60}?\\b(?:context|window|limit|maximum|only|most)',
      ),
      /\bprompt overflow\b/i,
    ],
  },
  { kind: 'no_access', statuses: [400, 403, 404, 422], words: [new RegExp(`\\b(?:${LOCKED})\\b`, 'i')] },
  { kind: 'no_access', statuses: [401], words: [/\bscopes?\b/i] },
  {
    kind: 'rate_limited',
    statuses: [200, 400, 403, 409, 422, 500, 503],
    words: [
      near(
        'requests?|calls?|quer(?:y|ies)|messages|tokens|times',
        '(?:per|every|each|an?|within|in) (?:\\d+ )?(?:s|secs?|seconds?|mins?|minutes?|hours?)',
        40,
      ),
      /\bin flight\b|\bconcurren\w+|\bparallel(?:ism| (?:requests|calls))|\bsimultaneous|\bat the same time\b|\btoo (?:fast|often|quick(?:ly)?|rapid(?:ly)?|frequent\w*)\b/i,
    ],
  },
  { kind: 'no_credit', statuses: [...ASKED, 429], words: beside(MONEY, SPENT) },
  {
    kind: 'no_credit',
    statuses: ASKED,
    words: [
      /\bsubscribe to\b|\brefill\b|\bnot have (?:the |these |those )?(?:\d+ )?(?:credits|funds|money)\b/i,
    ],
  },
  {
    kind: 'loading',
    statuses: [200, 409, 425, 429, 500, 502, 503, 504],
    words: [near(`${MODEL}|container|replica|instance`, ARRIVING, 40)],
  },
  { kind: 'overloaded', statuses: [200, 400, 409, 422, 429], words: beside(MACHINES, FULL) },
  { kind: 'refused', statuses: [...ASKED, 446, 451, 500], words: beside(POLICY, FORBIDDEN) },
  {
    kind: 'refused',
    statuses: [200, 400, 403, 422, 446],
    words: [
      near(
        'topics?|subjects?',
        'block\\w*|not (?:serve|discuss|allowed|permitted)|forbidden|banned|disallowed|restricted',
      ),
    ],
  },
  {
    kind: 'model_not_found',
    statuses: [200, 400, 404, 410, 422, 500, 503],
    words: [
      near(MODEL, GONE),
      near(
        'no such|there is no|no(?! available)|(?:can ?not|could not|unable to|failed to) (?:open|find|locate|resolve|route|read)',
        MODEL,
        20,
      ),
      /\bdid you mean\b|\bnone of (?:\w+ ){0,3}(?:serves?|offers?|has|have|hosts?)\b|\bnot one of (?:our|the|your) (?:\w+ )?models\b/i,
      /(?:^|\.)model: (?:input should be|value|must be|expected|unexpected|unknown)/i,
    ],
  },
  { kind: 'rejected', statuses: BEHIND_A_GATEWAY, words: beside(KEY, DEAD) },
  { kind: 'rejected', statuses: [401, 403], words: beside(ANY_KEY, DEAD) },
  {
    kind: 'rejected',
    statuses: [401, 403],
    words: beside(HOLDER, 'frozen|on hold|paused|under review|limited|locked|closed|suspended|disabled'),
  },
  {
    kind: 'timeout',
    statuses: [200, 400, 409, 500, 502, 503],
    words: [
      /(?:did not|didn[’']t|no|without) (?:an )?(?:answer|respon\w+|repl\w+)\b.{0,20}\b(?:in time|within|after)|took too long|time ?out\b/i,
    ],
  },
];
