import type { Finding } from '../../contract/plan.ts';
import { lineOf, type SkillDocument } from '../document/document.ts';
import { languageOf } from '../language.ts';
import type { SkillFile } from '../read-skill.ts';
import { gibberishFindings } from './gibberish.ts';

const MAX_BODY_LINES = 500;
const MAX_BODY_CHARS = 20_000; // 5,000 tokens at the usual four characters each
const MAX_FINDINGS = 30;
const MIN_DESCRIPTION_BYTES = 50; // Chinese says as much in 17 characters

// The wording can be checked in English only. Short words are no sign of it alone: "of" is Dutch too, "to" and "by" are Polish, "for" is
// Danish, "or" is French.
const SURELY_ENGLISH = /\b(?:the|and|with|from)\b/i;
const SAYS_WHEN =
  /\b(?:use (?:this (?:skill )?)?(?:when|whenever|for|if|to|after|before|it when)|when(?:ever)? (?:the |a |an )?(?:user|you|someone|asked|working|creating)|triggers? (?:on|when|include)|invoke (?:when|this))\b/i;
const FIRST_OR_SECOND_PERSON = /^(?:I |I'|you |your )|\b(?:I can|I will|I help|you can use this)\b/i;
const LEFTOVER =
  /(?<![`\p{L}])TODO:|\bTBD[.:]?\s*$|\b[Ll]orem ipsum\b|(?<!`)\[(?:[Ii]nsert|INSERT|[Yy]our|YOUR|[Aa]dd|[Ff]ill in)[^\]\n]{0,40}\](?!\()/u;
const OWN_FILE = /(?:\]\(|`|\s)((?:references|scripts|assets)\/[\w./-]{1,120}\.\w{1,5})/g;

/**
 * What makes a skill hard to find or to follow. Where it harms nobody the severity is at most `warning`; text without meaning is an error.
 */
export function qualityFindings(
  file: SkillFile,
  document: SkillDocument,
  files?: readonly string[],
): readonly Finding[] {
  const findings: Finding[] = [
    ...descriptionFindings(file),
    ...lengthFindings(file),
    ...textFindings(file, document),
    ...gibberishFindings(document, file.bodyLine),
  ];
  for (const finding of files ? missingFiles(file, document, files) : []) {
    if (findings.length > MAX_FINDINGS) break;
    findings.push(finding);
  }
  return findings;
}

function* descriptionFindings({ fields, fieldLines }: SkillFile): Iterable<Finding> {
  const description = String(fields['description'] ?? '').trim();
  const line = fieldLines.get('description') ?? 1;
  if (description !== '' && new TextEncoder().encode(description).length < MIN_DESCRIPTION_BYTES) {
    yield {
      rule: 'quality.description.short',
      severity: 'warning',
      message: 'The description is too short for an agent to know when to load the skill.',
      fix: 'Name the task, the file types and the words users say.',
      line,
    };
  }
  if (isEnglish(description) && !SAYS_WHEN.test(description)) {
    yield {
      rule: 'quality.description.no-trigger',
      severity: 'warning',
      message: 'The description does not say when to use the skill.',
      fix: 'Add a sentence that begins with "Use when".',
      line,
    };
  }
  // "I" begins sentences in Italian, and is a whole word in Polish.
  if (FIRST_OR_SECOND_PERSON.test(description) && (languageOf(description) ?? 'en') === 'en') {
    yield {
      rule: 'quality.description.person',
      severity: 'info',
      message: 'The description speaks as I or to you.',
      fix: 'Write it in the third person: "Writes labels from …".',
      line,
    };
  }
}

/** A short description may be too little to tell a language by. */
function isEnglish(description: string): boolean {
  const language = languageOf(description);
  return language === 'en' || (language === undefined && SURELY_ENGLISH.test(description));
}

function* lengthFindings({ body, bodyLine: line }: SkillFile): Iterable<Finding> {
  if (linesOf(body, MAX_BODY_LINES + 1) > MAX_BODY_LINES) {
    yield {
      rule: 'quality.body.lines',
      severity: 'warning',
      message: `The body has more than ${MAX_BODY_LINES} lines.`,
      fix: 'Keep what the agent would get wrong without it.',
      line,
    };
  }
  if (body.length > MAX_BODY_CHARS) {
    yield {
      rule: 'quality.body.tokens',
      severity: 'warning',
      message: 'The body takes more than about 5,000 tokens of every conversation that loads it.',
      fix: 'Shorten it.',
      line,
    };
  }
}

function* textFindings({ bodyLine }: SkillFile, { passages, blocks }: SkillDocument): Iterable<Finding> {
  if (passages.length + blocks.length > 0 && !passages.some(({ kind }) => kind === 'item')) {
    yield {
      rule: 'quality.body.no-steps',
      severity: 'info',
      message: 'The body has no list of steps.',
      fix: 'Write the procedure as numbered steps.',
      line: bodyLine,
    };
  }
  const leftover = passages.find(({ text }) => LEFTOVER.test(text));
  if (leftover) {
    yield {
      rule: 'quality.body.leftover',
      severity: 'warning',
      message: 'A placeholder was left in the text.',
      fix: 'Fill it in or remove it.',
      line: lineOf(leftover, LEFTOVER.exec(leftover.text)?.index ?? 0),
    };
  }
  const open = blocks.find((block) => block.open);
  if (open) {
    yield {
      rule: 'quality.body.open-fence',
      severity: 'warning',
      message: 'A code block has no end, so that everything after it is code.',
      fix: 'Close it with the marks that it begins with.',
      line: open.firstLine - 1,
    };
  }
}

/** `files` are the paths of the files beside the SKILL.md. */
function* missingFiles(
  { bodyLine }: SkillFile,
  { passages, blocks }: SkillDocument,
  files: readonly string[],
): Iterable<Finding> {
  const lines = [
    ...passages.map(({ text, numbers }) => [` ${text}`, numbers[0] ?? bodyLine] as const),
    ...blocks.flatMap((block) => block.lines.map((text, index) => [text, block.firstLine + index] as const)),
  ];
  for (const [text, line] of lines) {
    for (const [, path = ''] of text.matchAll(OWN_FILE)) {
      if (files.includes(path)) continue;
      yield {
        rule: 'quality.file.missing',
        severity: 'warning',
        message: 'The skill points to a file that it does not have.',
        fix: 'Put what matters into the text.',
        line,
      };
    }
  }
}

/** How many lines a text has, counted to a limit. */
function linesOf(text: string, limit: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines < limit; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
