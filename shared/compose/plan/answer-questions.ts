import type { Intent } from '../../contract/plan.ts';
import { oneLine } from '../one-line.ts';

const MAX_LINE = 500;
const MAX_CONSTRAINTS = 24;

/** Applies the user's answers to the intent. An assumption that they answered differently becomes a constraint. */
export function answerQuestions(intent: Intent, answers: Readonly<Record<string, string>>): Intent {
  const { questions = [] } = intent;
  const said = questions.flatMap((question) => {
    const answer = oneLine((Object.hasOwn(answers, question.id) && answers[question.id]) || '', 300);
    return answer === '' || isSame(answer, question.default) ? [] : [{ ...question, answer }];
  });
  if (said.length === 0) return intent;
  const gone = new Set(said.map(({ assumption }) => assumption));
  const answered = new Map(said.map(({ id, answer }) => [id, answer]));
  return {
    ...intent,
    assumptions: intent.assumptions.filter((assumption) => !gone.has(assumption)),
    constraints: [
      ...said.map(({ text, answer }) => oneLine(`${asQuestion(text)} ${answer}`, MAX_LINE)),
      ...intent.constraints,
    ].slice(0, MAX_CONSTRAINTS),
    questions: questions.map((question) => ({
      ...question,
      default: answered.get(question.id) ?? question.default,
    })),
  };
}

function isSame(answer: string, other: string): boolean {
  const fold = (text: string): string => text.toLowerCase().replace(/[.!。]+$/, '');
  return fold(answer) === fold(other);
}

/** A model may only have stated what it assumed: "The mails are sent. No" would read as if they were. */
function asQuestion(text: string): string {
  return /[?？؟;]["»”)]*$/.test(text) ? text : `Is this so: “${text}”? The user says:`;
}
