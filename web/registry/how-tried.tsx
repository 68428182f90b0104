import { type ReactElement, useMemo } from 'react';
import type { SkillPage } from '../../shared/contract/registry.ts';
import {
  type PublishedEvals,
  type PublishedPrompt,
  readEvalFiles,
} from '../../shared/skills/read-eval-files.ts';
import { plural } from '../ui/format.ts';
import styles from './registry.module.css';

/** How a skill is tried and what came of it, out of the files that its author published in `evals/`; nothing where there are none. */
export function HowTried({ page }: { readonly page: SkillPage }): ReactElement | null {
  const evals = useMemo(() => readEvalFiles(page.texts), [page.texts]);
  if (!evals) return null;
  const { prompts, tasks, expectations, on } = evals;
  return (
    <section className="sheet pad" aria-labelledby="tried-title">
      <h2 id="tried-title">How it was tried</h2>
      <p>{promptsInWords(evals)}</p>
      {tasks.map((task) => (
        <p key={task} className={styles['task']} dir="auto">
          <span className="soft">Task: </span>
          {task}
        </p>
      ))}
      {expectations.length > 0 && (
        <ul className={styles['facts']}>
          {expectations.map(({ text, passed, why }) => (
            <li key={text}>
              {passed !== undefined && (
                <>
                  <span className={`tag ${passed ? 'ok' : 'warn'}`}>{SHOWN[String(passed)]}</span>{' '}
                </>
              )}
              <span dir="auto">{text}</span>{' '}
              {why && (
                <span className="small soft" dir="auto">
                  {why}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {prompts.length > 0 && <Prompts prompts={prompts} isTried={on !== undefined} />}
      <p className="small soft">
        As {page.skill.publisher} says and signed, in the files in <code className="mono">evals/</code>; the
        registry did not try it.
      </p>
    </section>
  );
}

const SHOWN: Readonly<Record<string, string>> = { true: 'shown', false: 'not shown', null: 'unclear' };

function promptsInWords({ prompts, expectations, on }: PublishedEvals): string {
  const should = prompts.filter((prompt) => prompt.should);
  const near = prompts.filter((prompt) => !prompt.should);
  if (!on)
    return `${plural(should.length, 'prompt')} that should load it, ${plural(near.length, 'near miss', 'near misses')}. No result is published.`;
  const hit = should.filter(({ loaded }) => loaded === true).length;
  const left = near.filter(({ loaded }) => loaded === false).length;
  const graded = expectations.filter(({ passed }) => passed !== undefined);
  const shown = graded.filter(({ passed }) => passed === true).length;
  const task = graded.length > 0 ? ` Its task shows ${shown} of ${graded.length} that it must show.` : '';
  return `Loaded for ${hit} of ${should.length} prompts that should load it, left alone for ${left} of ${near.length} near misses, with ${on.model} at ${on.provider}.${task}`;
}

interface PromptsProps {
  readonly prompts: readonly PublishedPrompt[];
  readonly isTried: boolean;
}

const LOADED: Readonly<Record<string, string>> = { true: 'yes', false: 'no', null: 'no answer' };

function Prompts({ prompts, isTried }: PromptsProps): ReactElement {
  return (
    <details className="small">
      <summary>Each prompt</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className={styles['scores']} aria-label="Prompts, as a table" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">Prompt</th>
              <th scope="col">Should load it</th>
              {isTried && <th scope="col">Loaded it</th>}
            </tr>
          </thead>
          <tbody>
            {prompts.map(({ text, should, loaded }) => (
              <tr key={`${should}:${text}`}>
                <td dir="auto">{text}</td>
                <td>{should ? 'yes' : 'no'}</td>
                {isTried && <td>{LOADED[String(loaded)]}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
