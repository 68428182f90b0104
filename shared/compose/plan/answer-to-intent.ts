import { type Intent, MAX_QUESTIONS } from '../../contract/plan.ts';
import { oneLine } from '../one-line.ts';
import { type ClassificationAnswer, endsTheRun } from '../prompts/classification.ts';

const MAX_ENTRIES = 24;
const MAX_LINE = 500;
const MAX_QUESTION = 300;

/** The contract's intent out of a model's answer: bounded lines, capability ids that are usable and each its own. */
export function answerToIntent(answer: ClassificationAnswer): Intent {
  const lines = (texts: readonly string[]): string[] =>
    texts
      .map((text) => oneLine(text, MAX_LINE))
      .filter((text) => text !== '')
      .slice(0, MAX_ENTRIES);
  const given = answer.capabilities.filter(({ need }) => need.trim() !== '').slice(0, MAX_ENTRIES);
  const usable =
    new Set(given.map(({ id }) => id)).size === given.length &&
    given.every(({ id }) => /^[\w-]{1,64}$/.test(id));
  const questions = questionsOf(answer.assumptions);
  return {
    kind: answer.kind,
    ...(endsTheRun(answer.kind) && answer.reason.trim() !== ''
      ? { reason: oneLine(answer.reason, MAX_LINE) }
      : {}),
    summary: oneLine(answer.summary, MAX_LINE),
    capabilities: given.map(({ id, need }, index) => ({
      id: usable ? id : `c${index + 1}`,
      need: oneLine(need, MAX_LINE),
    })),
    constraints: lines(answer.constraints),
    assumptions: lines(answer.assumptions.map(({ statement }) => statement)),
    ...(questions.length > 0 ? { questions } : {}),
  };
}

/** Assumptions that can be answered. One that a model only stated is asked about as it stands. */
function questionsOf(assumptions: ClassificationAnswer['assumptions']): NonNullable<Intent['questions']> {
  return assumptions
    .map(({ statement, question, answer }) => {
      const asked = question.trim() !== '' && answer.trim() !== '';
      return {
        text: oneLine(asked ? question : statement, MAX_QUESTION),
        default: asked ? oneLine(answer, MAX_QUESTION) : 'Yes',
        assumption: oneLine(statement, MAX_LINE),
      };
    })
    .filter(({ text, assumption }) => text !== '' && assumption !== '')
    .slice(0, MAX_QUESTIONS)
    .map((question, index) => ({ id: `q${index + 1}`, ...question }));
}
