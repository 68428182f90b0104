import type { ClassificationAnswer } from '../../../shared/compose/prompts/classification.ts';
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

type Assumption = ClassificationAnswer['assumptions'][number];

function takenForGranted(goal: string, { stages, beyond }: GoalReading): readonly Assumption[] {
  const material = stages[0]?.object ?? 'material';
  const assumptions: Assumption[] = [
    ...(otherLanguage(goal, ENGLISH) === undefined
      ? []
      : [
          {
            statement: 'The skills are in English: the sandbox knows no other language',
            question: '',
            answer: '',
          },
        ]),
    {
      statement: `The agent can read ${withArticle(material)} as files, links or pasted text`,
      question: shorten(`How does the agent get ${withArticle(material)}?`, 200),
      answer: 'As files, links or pasted text',
    },
  ];
  if (stages.some(({ kind }) => kind === 'communicate' || kind === 'act' || kind === 'build')) {
    assumptions.push({
      statement: 'Nothing is sent, paid, published or overwritten without a person’s yes',
      question: 'What may the agent do without asking?',
      answer: 'Nothing that sends, pays, publishes or overwrites',
    });
  }
  if (stages.some(({ kind }) => kind === 'review'))
    assumptions.push({
      statement: 'Findings go to the person who asked, and to nobody else',
      question: 'Who gets the findings?',
      answer: 'The person who asked',
    });
  return [
    ...assumptions,
    ...beyond.map((need) => ({ statement: `Left for another run: ${need}`, question: '', answer: '' })),
  ];
}

/** The answer of the phase `classifying`. */
export function classifyGoal(goal: string): ClassificationAnswer {
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
