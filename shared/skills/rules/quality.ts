import type { Finding } from '../../contract/plan.ts';
import { lineOf, type SkillDocument } from '../document/document.ts';
import type { SkillFile } from '../read-skill.ts';
import { gibberishFindings } from './gibberish.ts';

const MAX_BODY_LINES = 500;
const MAX_BODY_CHARS = 20_000; // 5,000 tokens, by the usual four characters each
const MAX_FINDINGS = 30;
const MIN_DESCRIPTION_BYTES = 50; // Chinese says as much in 17 characters

// The wording can be checked in English only; a description in another language is left alone.
const ENGLISH = /\b(?:the|and|for|with|from|of|to|or|by)\b/i;
const SAYS_WHEN =
  /\b(?:use (?:this (?:skill )?)?(?:when|whenever|for|if|to|after|before|it when)|when(?:ever)? (?:the |a |an )?(?:user|you|someone|asked|working|creating)|triggers? (?:on|when|include)|invoke (?:when|this))\b/i;
const FIRST_OR_SECOND_PERSON = /^(?:I |I'|you |your )|\b(?:I can|I will|I help|you can use this)\b/i;
const LEFTOVER =
  /(?<![`\p{L}])TODO:|\bTBD[.:]?\s*$|\b[Ll]orem ipsum\b|(?<!`)\[(?:[Ii]nsert|INSERT|[Yy]our|YOUR|[Aa]dd|[Ff]ill in)[^\]\n]{0,40}\](?!\()/u;
const OWN_FILE = /(?:\]\(|`|\s)((?:references|scripts|assets)\/[\w./-]{1,120}\.\w{1,5})/g;

/** What makes a skill hard to find or to follow. Severity is at most `warning` where it harms nobody; text that says nothing is an error. */
export function qualityFindings(
  file: SkillFile,
  document: SkillDocument,
  files?: readonly string[],
): readonly Finding[] {
  const description = String(file.fields['description'] ?? '').trim();
  const at = file.fieldLines.get('description') ?? 1;
  const findings: Finding[] = [];
  const add = (
    rule: string,
    severity: 'info' | 'warning',
    message: string,
    fix: string,
    line?: number,
  ): void => {
    findings.push({ rule, severity, message, fix, ...(line === undefined ? {} : { line }) });
  };

  if (description !== '' && new TextEncoder().encode(description).length < MIN_DESCRIPTION_BYTES) {
    add(
      'quality.description.short',
      'warning',
      'The description is too short for an agent to know when to load the skill.',
      'Name the task, the file types and the words users say.',
      at,
    );
  }
  if (ENGLISH.test(description) && !SAYS_WHEN.test(description)) {
    add(
      'quality.description.no-trigger',
      'warning',
      'The description does not say when to use the skill.',
      'Add a sentence that begins with "Use when".',
      at,
    );
  }
  if (FIRST_OR_SECOND_PERSON.test(description)) {
    add(
      'quality.description.person',
      'info',
      'The description speaks as I or to you.',
      'Write it in the third person: "Writes labels from …".',
      at,
    );
  }
  const { passages, blocks } = document;
  if (linesOf(file.body, MAX_BODY_LINES + 1) > MAX_BODY_LINES) {
    add(
      'quality.body.lines',
      'warning',
      `The body has more than ${MAX_BODY_LINES} lines.`,
      'Keep what the agent would get wrong without it.',
      file.bodyLine,
    );
  }
  if (file.body.length > MAX_BODY_CHARS) {
    add(
      'quality.body.tokens',
      'warning',
      'The body takes more than about 5,000 tokens of every conversation that loads it.',
      'Shorten it.',
      file.bodyLine,
    );
  }
  if (passages.length + blocks.length > 0 && !passages.some(({ kind }) => kind === 'item')) {
    add(
      'quality.body.no-steps',
      'info',
      'The body has no list of steps.',
      'Write the procedure as numbered steps.',
      file.bodyLine,
    );
  }

  const leftover = passages.find(({ text }) => LEFTOVER.test(text));
  if (leftover)
    add(
      'quality.body.leftover',
      'warning',
      'A placeholder was left in the text.',
      'Fill it in or remove it.',
      lineOf(leftover, LEFTOVER.exec(leftover.text)?.index ?? 0),
    );
  const open = blocks.find((block) => block.open);
  if (open)
    add(
      'quality.body.open-fence',
      'warning',
      'A code block has no end, so that everything after it is code.',
      'Close it with the marks that it begins with.',
      open.firstLine - 1,
    );
  findings.push(...gibberishFindings(document, file.bodyLine));
  if (files) {
    const look = (text: string, number: number): void => {
      for (const [, path = ''] of text.matchAll(OWN_FILE)) {
        if (files.includes(path) || findings.length > MAX_FINDINGS) continue;
        add(
          'quality.file.missing',
          'warning',
          'The skill points to a file that it does not have.',
          'Put what matters into the text.',
          number,
        );
      }
    };
    for (const passage of passages) look(` ${passage.text}`, passage.numbers[0] ?? file.bodyLine);
    for (const { lines, firstLine } of blocks)
      for (const [index, line] of lines.entries()) look(line, firstLine + index);
  }
  return findings;
}

/** How many lines a text has, counted to a limit. */
function linesOf(text: string, limit: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0 && lines < limit; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
