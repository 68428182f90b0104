import { type Intent, MAX_QUESTIONS } from '../../contract/plan.ts';
import { oneLine } from '../one-line.ts';
import { type ClassificationAnswer, endsTheRun } from '../prompts/classification.ts';

const MAX_ENTRIES = 24;
const MAX_LINE = 500;
const MAX_QUESTION = 300;

/** Makes the contract's intent of a model's answer: lines within their bounds, capability ids that are valid and unique. */
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

/** The assumptions as questions. One that the model only stated is asked about in its own words. */
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
