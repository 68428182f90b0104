import type { ReactElement } from 'react';
import { markOf, scoreTrial } from '../../../../shared/compose/trials/score-trial.ts';
import type { Trial, TriedPrompt } from '../../../../shared/contract/evals.ts';
import styles from './try.module.css';

interface TryPictureProps {
  readonly trial: Trial;
  readonly name: string;
}

/** Hits and misses of one skill: a mark for each prompt, the same as a table, and what the task showed. */
export function TryPicture({ trial, name }: TryPictureProps): ReactElement {
  const score = scoreTrial(trial, name);
  return (
    <div className={styles['result']}>
      <Row
        words={`Loaded for ${score.loaded} of ${score.shouldLoad} that should load it`}
        prompts={trial.prompts.filter(({ should }) => should)}
        name={name}
      />
      <Row
        words={`Left alone for ${score.skipped} of ${score.shouldSkip} near misses`}
        prompts={trial.prompts.filter(({ should }) => !should)}
        name={name}
      />
      {score.silent > 0 && <p className="small soft">{score.silent} without an answer so far.</p>}
      {trial.task && (
        <>
          <p>
            <b>
              Its task shows {score.passed} of {score.expectations} that it must show
            </b>
          </p>
          <ul className={styles['verdicts']}>
            {trial.task.verdicts.map(({ text, passed, why }) => (
              <li key={text}>
                <span className={`tag ${passed ? 'ok' : 'warn'}`}>{VERDICTS[String(passed)]}</span>{' '}
                <span dir="auto">{text}</span>{' '}
                {why !== '' && (
                  <span className="small soft" dir="auto">
                    {why}
                  </span>
                )}
              </li>
            ))}
          </ul>
          <details className="small">
            <summary>The task’s answer</summary>
            <pre className={styles['answer']} dir="auto">
              {trial.task.answer}
            </pre>
          </details>
        </>
      )}
      <PromptTable trial={trial} name={name} />
    </div>
  );
}

const VERDICTS: Readonly<Record<string, string>> = { true: 'shown', false: 'not shown', null: 'unclear' };

interface RowProps {
  readonly words: string;
  readonly prompts: readonly TriedPrompt[];
  readonly name: string;
}

function Row({ words, prompts, name }: RowProps): ReactElement {
  return (
    <div>
      <p className="small">{words}</p>
      {/* The table below says the same in words. */}
      <div className={styles['marks']} aria-hidden="true">
        {prompts.map((prompt) => (
          <span
            key={prompt.text}
            className={styles['mark']}
            data-mark={markOf(prompt, name)}
            title={prompt.text}
          />
        ))}
      </div>
    </div>
  );
}

const MARKS = { right: 'right', wrong: 'wrong', silent: 'no answer' } as const;

function PromptTable({ trial, name }: TryPictureProps): ReactElement {
  return (
    <details className="small">
      <summary>Each prompt, and what was loaded for it</summary>
      <div className={styles['table']}>
        <table>
          <thead>
            <tr>
              <th scope="col">Prompt</th>
              <th scope="col">Should load it</th>
              <th scope="col">Loaded</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {trial.prompts.map((prompt) => (
              <tr key={`${prompt.should}:${prompt.text}`}>
                <td dir="auto">{prompt.text}</td>
                <td>{prompt.should ? 'yes' : 'no'}</td>
                <td>{prompt.chosen?.join(', ') || (prompt.chosen ? 'none' : '')}</td>
                <td>{MARKS[markOf(prompt, name)]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
