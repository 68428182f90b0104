import type { ReactElement } from 'react';
import type { Intent } from '../../../shared/contract/plan.ts';
import styles from './review.module.css';

interface QuestionListProps {
  readonly questions: NonNullable<Intent['questions']>;
  readonly answers: Readonly<Record<string, string>>;
  readonly onAnswer: (id: string, answer: string) => void;
}

/** What the model took for granted, as questions with its own answers. */
export function QuestionList({ questions, answers, onAnswer }: QuestionListProps): ReactElement | null {
  if (questions.length === 0) return null;
  return (
    <fieldset className={styles['questions']}>
      <legend>Right so? Change what is not.</legend>
      {questions.map(({ id, text, default: answer }) => (
        <label className="field" key={id}>
          <span className="small" dir="auto">
            {text}
          </span>
          <input
            dir="auto"
            maxLength={300}
            value={answers[id] ?? answer}
            onChange={({ target }) => onAnswer(id, target.value)}
          />
        </label>
      ))}
    </fieldset>
  );
}
