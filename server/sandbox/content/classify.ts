import type { Intent } from '../../../shared/contract/plan.ts';
import { otherLanguage } from '../../../shared/skills/language.ts';
import { sentences } from './clauses.ts';
import { withArticle } from './phrases.ts';
import { type GoalReading, readGoal } from './stages.ts';
import { shorten } from './text.ts';

const LIMIT =
  /\b(?:must|never|nothing|only|don['’]?t|do not|cannot|can['’]?t|no (?:more|longer|less|fewer) than|at (?:most|least)|always|without|deadline|(?:under|within|by|before) (?:\d|the end|two|three|four|five|ten))\b/i;

function limits(goal: string): readonly string[] {
  return sentences(goal)
    .filter((sentence) => LIMIT.test(sentence))
    .slice(0, 6)
    .map((sentence) => shorten(sentence, 200));
}

/** As every text of the sandbox. */
const ENGLISH =
  'Read what is there, and write it in the shape of the template that the user has given to you.';

function takenForGranted(goal: string, { stages, beyond }: GoalReading): readonly string[] {
  const assumptions = [
    ...(otherLanguage(goal, ENGLISH) === undefined
      ? []
      : ['The skills are in English: the sandbox knows no other language']),
    `The agent can read ${withArticle(stages[0]?.object ?? 'material')} as files, links or pasted text`,
  ];
  if (stages.some(({ kind }) => kind === 'communicate' || kind === 'act' || kind === 'build')) {
    assumptions.push('Nothing is sent, paid, published or overwritten without a person’s yes');
  }
  if (stages.some(({ kind }) => kind === 'review'))
    assumptions.push('Findings go to the person who asked, and to nobody else');
  return [...assumptions, ...beyond.map((need) => `Left for another run: ${need}`)];
}

/** The answer of the phase `classifying`. */
export function classifyGoal(goal: string): Intent {
  const reading = readGoal(goal);
  return {
    kind: reading.single ? 'single' : 'bundle',
    reason: '',
    summary: reading.subject,
    capabilities: reading.stages.map(({ need }, at) => ({ id: `c${at + 1}`, need })),
    constraints: [...limits(goal)],
    assumptions: takenForGranted(goal, reading).slice(0, 8),
  };
}
