import type { ChoiceAnswer, OfferedSkill } from '../../../shared/compose/prompts/choice.ts';
import type { JudgementAnswer } from '../../../shared/compose/prompts/judgement.ts';
import { contentWords, shorten, stem } from './text.ts';

/** A message and a skill have to share this much: a rare word, or several common ones. */
const ENOUGH = 1.1;

/** Chooses by words in common, rare ones counting more. It knows no synonyms, so that it misses what is said in other words. */
export function chooseSkills(
  skills: readonly OfferedSkill[],
  messages: readonly { readonly message: number; readonly text: string }[],
): ChoiceAnswer {
  const known = skills.map((skill) => ({
    name: skill.name,
    stems: stemsOf(`${skill.name.replaceAll('-', ' ')} ${skill.description}`),
    own: stemsOf(skill.name.replaceAll('-', ' ')),
  }));
  const weight = (word: string): number => 1 / known.filter(({ stems }) => stems.has(word)).length;
  return {
    choices: messages.map(({ message, text }) => {
      const asked = [...stemsOf(text)];
      const scored = known
        .map(({ name, stems, own }) => ({
          name,
          score: asked
            .filter((word) => stems.has(word))
            .reduce((sum, word) => sum + weight(word) * (own.has(word) ? 1 : 0.5), 0),
        }))
        .sort((a, b) => b.score - a.score);
      const [best] = scored;
      return { message, skills: best && best.score >= ENOUGH ? [best.name] : [] };
    }),
  };
}

/** A task's answer: the fixture's lines, with the skill's own steps as far as they speak of them. */
export function answerTask(skill: string, files: readonly string[], task: string): string {
  const title = /^# (.+)$/m.exec(skill)?.[1] ?? 'Result';
  const lines = files.flatMap((file) => file.split('\n').slice(1)).filter((line) => line.trim() !== '');
  const twice = lines.filter((line, index) => lines.indexOf(line) !== index);
  const isChecked = /- \[ \] /.test(skill);
  return [
    `# ${title}`,
    shorten(task, 200),
    [...new Set(lines)].map((line) => `- ${line}`).join('\n'),
    ...(twice.length > 0 && /\b(?:twice|duplicate|same)\b/i.test(`${skill}\n${task}`)
      ? [`One line stands there twice and was taken once: ${twice[0]}`]
      : []),
    ...(isChecked ? ['Checked against the list at the end of the skill.'] : []),
  ].join('\n\n');
}

/** Passes what shares half of its words with one line of the answer, and quotes that line. */
export function judgeTask(
  expectations: readonly { readonly number: number; readonly text: string }[],
  answer: string,
): JudgementAnswer {
  const lines = answer.split('\n').filter((line) => line.trim() !== '');
  return {
    verdicts: expectations.map(({ number, text }) => {
      const wanted = [...stemsOf(text)];
      const shared = (line: string): number => {
        const stems = stemsOf(line);
        return wanted.filter((word) => stems.has(word)).length;
      };
      const best = lines.toSorted((a, b) => shared(b) - shared(a))[0] ?? '';
      // That something is not there cannot be quoted.
      const isOnAbsence = /\b(?:no|none|never|nothing|without)\b/i.test(text);
      const passed = isOnAbsence || shared(best) * 3 >= wanted.length;
      return { number, passed, evidence: passed && !isOnAbsence ? best.slice(0, 150) : '' };
    }),
  };
}

function stemsOf(text: string): ReadonlySet<string> {
  return new Set(contentWords(text).map(stem));
}
