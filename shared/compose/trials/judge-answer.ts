/** Whether a task's answer shows what it must: by rules first, then by what a judge said. No model, no I/O. */
import type { Expectation, TrialVerdict } from '../../contract/evals.ts';
import { oneLine } from '../one-line.ts';
import type { JudgementAnswer } from '../prompts/judgement.ts';

/**
 * A rule that fails decides, whatever the judge says; a judge can make a result worse, never better. A pass whose quotation is not in the
 * answer is no pass: nobody can say. `judged` is undefined where the judge's call failed.
 */
export function judgeAnswer(
  expectations: readonly Expectation[],
  answer: string,
  judged: JudgementAnswer | undefined,
): TrialVerdict[] {
  const searched = folded(answer);
  return expectations.map((expectation, index): TrialVerdict => {
    const { text } = expectation;
    const broken = brokenRule(expectation, searched);
    if (broken !== undefined) return { text, passed: false, by: 'rule', why: broken };

    const said = sayings(judged, index + 1);
    if (said.length === 0) {
      return hasRules(expectation)
        ? {
            text,
            passed: true,
            by: 'rule',
            why: 'The texts that it needs are there. No judge has looked at it.',
          }
        : { text, passed: null, by: 'judge', why: 'The judge said nothing of it.' };
    }
    if (new Set(said.map(({ passed }) => passed)).size > 1)
      return { text, passed: null, by: 'judge', why: 'The judge said both yes and no.' };
    const [{ passed, evidence } = { passed: false, evidence: '' }] = said;
    const quoted = oneLine(evidence, 300);
    if (passed && quoted !== '' && !searched.includes(folded(evidence)))
      return { text, passed: null, by: 'judge', why: 'The judge quoted what is not in the answer.' };
    return { text, passed, by: 'judge', why: quoted === '' ? '' : `“${quoted}”` };
  });
}

function sayings(judged: JudgementAnswer | undefined, number: number): JudgementAnswer['verdicts'] {
  return judged?.verdicts.filter((verdict) => verdict.number === number) ?? [];
}

function hasRules({ contains = [], absent = [] }: Expectation): boolean {
  return contains.length + absent.length > 0;
}

function brokenRule({ contains = [], absent = [] }: Expectation, searched: string): string | undefined {
  const missing = contains.find((text) => !searched.includes(folded(text)));
  if (missing !== undefined) return `“${missing}” is missing.`;
  const there = absent.find((text) => searched.includes(folded(text)));
  return there === undefined ? undefined : `“${there}” is there.`;
}

/** Case, kinds of blanks, quotation marks and Markdown's emphasis do not make another text. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‘’‚]/g, "'")
    .replaceAll(/[*_`]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
