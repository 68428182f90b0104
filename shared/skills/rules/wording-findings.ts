import { lineOf, type Passage } from '../document/document.ts';
import { type Sentence, sentencesOf } from '../document/sentences.ts';
import { hostsIn, kindOf } from '../flows/hosts.ts';
import { type Found, type Wish, wanted } from '../flows/report.ts';
import { isForbidden, isLabelled, isQuoted } from './shown.ts';
import { WORDING_RULES, type WordingRule } from './wording.ts';
import { FOREIGN_RULES } from './wording-languages.ts';

/** Word stems that every finding of the wording rules contains; most passages have none. */
const ENGLISH_STEMS =
  /ignor|disregard|forget|overrid|supersed|preceden|priorit|replaces|has absolute|bypass|discard|overlook|abandon|no attention|follow|\btell|inform|reveal|mention|\bshow|notif|alert|disclos|report|without|\bhid|\bkeep|conceal|withhold|secret|covert|stealth|surrept|silent|you are|\bmode\b|restrict|unrestrict|system prompt|hidden instr|initial instr|<\||\[\/?inst\]|<<\/?sys|<\/?system|https?:|terminal|passw|passphrase|passcode|\bpass\b|pwd|download|credential|key|token|cookie|environment|\.env|history|wallet|phrase|chain|login|\.md\b|cursorrules|profile|id_rsa|\.ssh|\.aws/i;
const FOREIGN_STEMS =
  /[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|\b(?:ignor|missacht|vergiss|vergess|verwirf|umgeh|übergeh|überschreib|sag|erzähl|teile|informi|erwähn|verrat|verschweig|heimlich|ohne|melde|zeig|send|schick|übermittl|lade|leite|poste|nutzer|benutzer|anwender|oubli|néglig|contourn|ne\b|n['’]|insu|sans|cach|envo|transmet|téléver|olvid|desestim|omit|esqueç|desconsider|dimentic|no\b|nunca|não|non|mai\b|sin\b|sem\b|escondidas|env[ií]|manda|sube|invia)/i;
const SENDS =
  /\b(?:send|sends|report|reports|post|posts|upload|uploads|submit|forward|share|push|copy|paste|run|install|visit|download|fetch|exfiltrate|deliver|ping|beacon|call)\b/i;
const UPLOADS =
  /\b(?:send|sends|post|posts|upload|uploads|submit|submits|forward|forwards|push|deliver|ship|transmit|exfiltrate)\b/i;
/** Orders in a comment, which a reader of the rendered page does not see. */
const HIDDEN_ORDER =
  /(?<!-)\bignore\s{1,4}(?:all|any|the|previous|everything|other|what|prior|above)\b|\bdisregard\b|\bsecretly\b|\b(?:do not|don['’]t|never)\s{1,4}(?:tell|mention|inform|reveal|show|notify)\b|\bexfiltrat|\bsystem prompt\b|\b(?:run|execute)\b[^>]{0,40}\b(?:commands?|scripts?|code|curl|bash|following|it)\b|\b(?:curl|wget)\s{1,4}\S|\bapi.?keys?\b[^>]{0,80}\b(?:send|post|to)\b|\bsend\b[^>]{0,80}(?:https?:|\bto\b)|\b(?:AI|agent|assistant|model|claude|gpt)\b[^>]{0,40}\b(?:must|should|shall|always|never)\b/i;
/** More than the longest skill has of passages that these rules can be about. */
const MAX_READ_CHARS = 80_000;

/** A finding with the passage and the position in it, which tell whether the text only quotes the sentence. */
export interface FoundInWords extends Found {
  readonly passage: Passage;
  readonly at: number;
  /** The sentence, for removal. */
  readonly removable?: string;
}

/** Applies the wording rules to passages. `complete` is false when the text had more to read than the bound allows. */
export function wordingFindings(
  passages: readonly Passage[],
  wish: Wish,
): { readonly found: readonly FoundInWords[]; readonly complete: boolean } {
  const found: FoundInWords[] = [];
  let left = MAX_READ_CHARS;
  for (const passage of passages) {
    const english = ENGLISH_STEMS.test(passage.text);
    const foreign = FOREIGN_STEMS.test(passage.text);
    const hidden = passage.kind === 'comment';
    if (!english && !foreign && !hidden) continue;
    left -= passage.text.length;
    if (left < 0) return { found, complete: false };
    const rules = english ? (foreign ? ALL_RULES : WORDING_RULES) : FOREIGN_RULES;
    for (const sentence of sentencesOf(passage.text)) {
      for (const rule of rules) {
        const match = rule.pattern.exec(sentence.text);
        if (match && !rule.except?.test(sentence.text))
          found.push(wordingFound(rule, passage, sentence, match));
      }
      found.push(...hostFindings(passage, sentence, wish));
    }
    if (hidden && HIDDEN_ORDER.test(passage.text)) found.push(hiddenOrder(passage));
  }
  return { found, complete: true };
}

const ALL_RULES = [...WORDING_RULES, ...FOREIGN_RULES];

function wordingFound(
  { rule, severity, message, fix, worseWith, removable }: WordingRule,
  passage: Passage,
  { text, at }: Sentence,
  match: RegExpExecArray,
): FoundInWords {
  const rest = text.slice(0, match.index) + text.slice(match.index + match[0].length);
  const from = at + match.index;
  const shown =
    passage.kind !== 'comment' &&
    (isForbidden(text, match.index) ||
      isLabelled(passage.lead) ||
      (passage.kind === 'quote' && isLabelled(passage.text)) ||
      isQuoted(passage.text, from, from + match[0].length));
  const worse = severity === 'error' && worseWith?.test(rest) === true;
  return {
    rule,
    severity: shown ? 'info' : worse ? 'critical' : severity,
    line: lineOf(passage, from),
    code: text,
    message,
    fix,
    passage,
    at: from,
    ...(removable && !shown ? { removable: text } : {}),
  };
}

function hiddenOrder(passage: Passage): FoundInWords {
  return {
    rule: 'security.injection.hidden-comment',
    severity: 'critical',
    line: lineOf(passage, 0),
    code: passage.text,
    message: 'A comment that a reader does not see gives orders to the agent.',
    fix: 'Remove the comment, or write it as visible text.',
    passage,
    at: 0,
  };
}

/** Sentences that order data to be sent to a host that nobody can vouch for, or that the goal does not name. */
function hostFindings(passage: Passage, { text, at }: Sentence, wish: Wish): readonly FoundInWords[] {
  const verb = SENDS.exec(text);
  if (!verb) return [];
  return hostsIn(text).flatMap((host) => {
    const kind = kindOf(host);
    if (kind === 'local' || wanted(host, wish)) return [];
    const shown = isForbidden(text, text.indexOf(host)) || isLabelled(passage.lead);
    const base = { line: lineOf(passage, at), code: text, passage, at };
    if (kind === 'anonymous')
      return [
        {
          ...base,
          rule: 'security.network.sink',
          severity: shown ? ('info' as const) : ('error' as const),
          message: `It talks to ${host}, a service that hides who is behind it.`,
          fix: 'Name the real destination.',
        },
      ];
    const uploads = UPLOADS.exec(text);
    if (wish.goal === undefined || !uploads || uploads.index > text.indexOf(host)) return [];
    return [
      {
        ...base,
        rule: 'security.network.unasked',
        severity: shown ? ('info' as const) : ('error' as const),
        message: `It sends data to ${host}, which the goal does not name.`,
        fix: 'Leave it out, or name the host in the goal.',
      },
    ];
  });
}
