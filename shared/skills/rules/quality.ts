import type { Finding } from '../../contract/plan.ts';
import type { SkillFile } from '../read-skill.ts';
import type { SkillLine } from '../skill-lines.ts';

const MAX_BODY_LINES = 500;
const MAX_BODY_CHARS = 20_000; // 5,000 tokens, by the usual four characters each
const MIN_DESCRIPTION_BYTES = 50; // Chinese says as much in 17 characters

// The wording can be checked in English only; a description in another language is left alone.
const ENGLISH = /\b(?:the|and|for|with|from|of|to|or|by)\b/i;
const SAYS_WHEN =
  /\b(?:use (?:this (?:skill )?)?(?:when|whenever|for|if|to|after|before|it when)|when(?:ever)? (?:the |a |an )?(?:user|you|someone|asked|working|creating)|triggers? (?:on|when|include)|invoke (?:when|this))\b/i;
const FIRST_OR_SECOND_PERSON = /^(?:I |I'|you |your )|\b(?:I can|I will|I help|you can use this)\b/i;
const LEFTOVER =
  /(?<!`)\bTODO:|\bTBD[.:]?\s*$|\blorem ipsum\b|(?<!`)\[(?:insert|your|add|fill in)[^\]\n]{0,40}\](?!\()/i;
const OWN_FILE = /(?:\]\(|`|\s)((?:references|scripts|assets)\/[\w./-]{1,120}\.\w{1,5})/g;

/** What makes a skill hard to find or to follow. Severity is at most `warning`: none of it harms anyone. */
export function qualityFindings(
  file: SkillFile,
  lines: readonly SkillLine[],
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
  if (lines.length > MAX_BODY_LINES) {
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
  if (
    file.body.trim() !== '' &&
    !lines.some(({ text, code }) => !code && /^\s*(?:[-*+]|\d+[.)])\s/.test(text))
  ) {
    add(
      'quality.body.no-steps',
      'info',
      'The body has no list of steps.',
      'Write the procedure as numbered steps.',
      file.bodyLine,
    );
  }

  const leftover = lines.find(({ text, code }) => !code && LEFTOVER.test(text));
  if (leftover)
    add(
      'quality.body.leftover',
      'warning',
      'A placeholder was left in the text.',
      'Fill it in or remove it.',
      leftover.number,
    );
  if (files) {
    for (const line of lines) {
      for (const [, path = ''] of line.text.matchAll(OWN_FILE)) {
        if (!files.includes(path))
          add(
            'quality.file.missing',
            'warning',
            'The skill points to a file that it does not have.',
            'Put what matters into the text.',
            line.number,
          );
      }
    }
  }
  return findings;
}
