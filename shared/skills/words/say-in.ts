import type { Finding } from '../../contract/plan.ts';
import { type Language, languageOf } from '../language.ts';
import { CHINESE } from './chinese.ts';
import { ENGLISH, type OtherWords } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { ITALIAN } from './italian.ts';
import { JAPANESE } from './japanese.ts';
import { KOREAN } from './korean.ts';
import { PORTUGUESE } from './portuguese.ts';
import { RUSSIAN } from './russian.ts';
import { SPANISH } from './spanish.ts';
import { UKRAINIAN } from './ukrainian.ts';

/** The languages that findings are said in, besides English. */
export const WORDS: Readonly<Partial<Record<Language, OtherWords>>> = {
  de: GERMAN,
  es: SPANISH,
  fr: FRENCH,
  it: ITALIAN,
  ja: JAPANESE,
  ko: KOREAN,
  pt: PORTUGUESE,
  ru: RUSSIAN,
  uk: UKRAINIAN,
  zh: CHINESE,
};

// as: the names of the object before it
const KNOWN = (Object.keys(ENGLISH) as (keyof typeof ENGLISH)[]).map((id) => ({
  ...{ id, rule: ENGLISH[id].rule, fix: ENGLISH[id].fix },
  pattern: patternOf(ENGLISH[id].message),
}));

/**
 * The findings in the goal's language, out of a table by rule and words. Names, hosts and what else differs from finding to finding stay as
 * they are: nothing is translated by a machine. English stays where the language, the rule or these very words are not in the table.
 */
export function sayIn(goal: string, findings: readonly Finding[]): Finding[] {
  const language = languageOf(goal);
  const words = language && WORDS[language];
  return words ? findings.map((finding) => said(finding, words)) : [...findings];
}

function said(finding: Finding, words: OtherWords): Finding {
  for (const { id, rule, fix, pattern } of KNOWN) {
    if (rule !== finding.rule) continue;
    const found = pattern.exec(finding.message);
    if (!found) continue;
    const [message, order] = words[id];
    return {
      ...finding,
      message: message.replaceAll(/\{(\d)\}/g, (_, at: string) => found[Number(at) + 1] ?? ''),
      ...(finding.fix === fix && order !== undefined && { fix: order }),
    };
  }
  return finding;
}

function patternOf(template: string): RegExp {
  const literal = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `^${template
      .split(/\{\d\}/)
      .map(literal)
      .join('([\\s\\S]{0,2000})')}$`,
  );
}
