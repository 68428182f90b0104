/** Faults of a draft that its model could have avoided. The model is asked once more; when that did not help, they become findings. */
import type { Finding } from '../../contract/plan.ts';
import { type Language, otherLanguage } from '../../skills/language.ts';
import { codeLines } from '../answers/code-lines.ts';
import { isOtherForm } from './other-form.ts';
import { whyUnfinished } from './unfinished.ts';

/** A fault of a draft that its model could have avoided. The rule's id is also that of the finding. */
export interface Defect {
  readonly rule: `draft.${'unfinished' | 'language' | 'duplicate' | 'form' | 'praise'}`;
  /** Two sentences: what is wrong, for the user; what to do, for the model. */
  readonly message: string;
  readonly order: string;
}

/** What a body is compared with. */
export interface Surroundings {
  readonly goal: string;
  /** The intent's constraints and assumptions: they may name the language. */
  readonly said: readonly string[];
  /** The bodies of the run's other drafts, by the names of their skills. */
  readonly others: ReadonlyMap<string, string>;
}

/** Finds a body that stops in the middle, is in another language than the goal, repeats another draft, is no Markdown, or praises itself. */
export function defectsOf(body: string, { goal, said, others }: Surroundings): readonly Defect[] {
  const defects: Defect[] = [];
  const unfinished = whyUnfinished(body);
  if (unfinished)
    defects.push({
      rule: 'draft.unfinished',
      message: `The text is not finished. ${unfinished}`,
      order: `${unfinished} Write the body to its end, shorter if need be.`,
    });

  const language = otherLanguage(goal, body);
  if (language && !asksFor(language, [goal, ...said].join('\n')))
    defects.push({
      rule: 'draft.language',
      message: `The text is ${NAMES[language]}, which the goal is not.`,
      order: 'It was in another language. Write it in the language of the goal.',
    });

  const twin = [...others].find(([, other]) => isSame(body, other))?.[0];
  if (twin !== undefined)
    defects.push({
      rule: 'draft.duplicate',
      message: `The text is the same as that of ${twin}.`,
      order: `It was the text of its sibling ${twin}. Write what this item is for, by its own outline.`,
    });

  if (isOtherForm(body))
    defects.push({
      rule: 'draft.form',
      message: 'The text is not Markdown, but another form.',
      order: 'It was a patch, markup, JSON or code alone. Write the whole body as Markdown, with a heading.',
    });

  if (praisesItself(body))
    defects.push({
      rule: 'draft.praise',
      message: 'The text praises or scores itself, or speaks to its reviewer.',
      order: 'It praised itself or spoke to its reviewer. Leave that out: an agent has no use for it.',
    });
  return defects;
}

/** The defects that stayed after a second try, as findings of severity `error`. */
export function defectFindings(defects: readonly Defect[]): readonly Finding[] {
  return defects.map(({ rule, message }) => ({
    rule,
    severity: 'error',
    message: `${message} The model was asked again and did no better.`,
    fix: 'Read it through, have it written again, or choose another model.',
  }));
}

const NAMES: Record<Language, string> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  pt: 'Portuguese',
  it: 'Italian',
  nl: 'Dutch',
  pl: 'Polish',
  cs: 'Czech',
  sv: 'Swedish',
  da: 'Danish or Norwegian',
  fi: 'Finnish',
  tr: 'Turkish',
  ro: 'Romanian',
  hu: 'Hungarian',
  id: 'Indonesian',
  vi: 'Vietnamese',
  ja: 'Japanese',
  zh: 'Chinese',
  ko: 'Korean',
  ru: 'Russian',
  uk: 'Ukrainian',
  el: 'Greek',
  ar: 'Arabic',
  he: 'Hebrew',
  th: 'Thai',
  hi: 'Hindi',
};

/** How the languages that models fall into are called elsewhere; the English names are known anyway. */
const CALLED: Readonly<Partial<Record<Language, RegExp>>> = {
  en: /englis|anglais|inglés|inglês|inglese|engels|angielsk|anglick|engelsk|englant|ingiliz|engleză|angol|inggris|tiếng anh|英語|英语|英文|영어|английск|англійськ|αγγλικ|الإنجليزية|אנגלית|อังกฤษ|अंग्रेज़ी/i,
  de: /deutsch|allemand|alemán|alemão|tedesco|duits|niemieck|tysk|ドイツ語|德语|독일어|немецк/i,
  fr: /français|französisch|francés|francês|francese|frans\b|francusk|fransk|フランス語|法语|프랑스어|французск/i,
  es: /español|castellano|spanisch|espagnol|espanhol|spagnolo|spaans|hiszpańsk|スペイン語|西班牙语|испанск/i,
  zh: /中文|汉语|漢語|普通话|chinesisch|chinois|chino|中国語|중국어|китайск/i,
  ja: /日本語|日语|日語|japanisch|japonais|japonés|일본어|японск/i,
};

function asksFor(language: Language, text: string): boolean {
  return (
    NAMES[language].split(' or ').some((name) => new RegExp(`\\b${name}\\b`, 'i').test(text)) ||
    CALLED[language]?.test(text) === true
  );
}

/** Nine of ten lines of the shorter one stand in the other; titles apart, for they come from the plan. */
const SAME_LINES = 0.9;

function isSame(body: string, other: string): boolean {
  const [a, b] = [linesOf(body), linesOf(other)];
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  if (few.length < 3) return few.length > 0 && few.join() === many.join();
  const known = new Set(many);
  return few.filter((line) => known.has(line)).length >= few.length * SAME_LINES;
}

function linesOf(body: string): readonly string[] {
  return body
    .split('\n')
    .map((line) => line.trim().toLowerCase())
    .filter((line) => line !== '' && !line.startsWith('# ') && /[\p{L}\p{N}]/u.test(line));
}

const PRAISE: readonly RegExp[] = [
  /\bthis (?:skill|draft|document|body|text|guide|procedure)\b[^.!?\n]{0,40}\b(?:scores?|rates?|deserves?|earns?|gets?|merits?|achieves?)\b[^.!?\n]{0,30}\d/i,
  /\bthis (?:skill|draft|document|body) (?:is|has been) (?:\w+ ){0,3}(?:excellent|perfect|flawless|outstanding|world-class|production-ready|high[- ]quality|complete and correct|the best|state of the art)\b/i,
  /^\W*(?:self[- ](?:score|rating|grade|evaluation|assessment)|specificity|completeness|goal alignment)\W{1,8}\d/im,
  /^\W*(?:note|message|dear|attention)(?: to)?(?: the| all)? (?:reviewers?|critics?|graders?|evaluators?|judges?)\b\s*[:,!–—-]/im,
  /\bas (?:a|the) (?:reviewer|critic|grader|evaluator|judge),? (?:you|please|give|score|rate)\b/i,
  /\b(?:give|award|assign) (?:this|the) (?:skill|draft|document)\b[^.!?\n]{0,40}\b(?:score|marks?|rating|10|ten)\b/i,
  /\bdies(?:e[rs]?)? (?:skill|entwurf|text|anleitung) (?:ist|verdient|erreicht)\b[^.!?\n]{0,40}(?:perfekt|ausgezeichnet|hervorragend|10\s*(?:\/|von)\s*10)/i,
];

/** Text at the beginning or end is the model's own mark. In the middle it may be a step of a skill that gives marks. */
const MARK_AT_EDGE =
  /^\W*(?:score|rating|grade|overall|evaluation|assessment|safety)\b[\w ]{0,20}\W{1,8}(?:10|9(?:\.\d)?)\s*(?:\/|out of)\s*10\b/im;
const EDGE_LINES = 4;

function praisesItself(body: string): boolean {
  const lines = body.split('\n');
  const code = codeLines(lines);
  // A template may well hold a score out of ten.
  const prose = lines.filter((line, index) => !code[index] && line.trim() !== '');
  const edges = [...prose.slice(0, EDGE_LINES), ...prose.slice(-EDGE_LINES)].join('\n');
  return MARK_AT_EDGE.test(edges) || PRAISE.some((pattern) => pattern.test(prose.join('\n')));
}
