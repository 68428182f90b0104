import { type FormEvent, type ReactElement, useId, useState } from 'react';
import {
  MAX_EVAL_PROMPT_CHARS,
  MAX_EVAL_PROMPTS,
  MAX_EXPECTATIONS,
  type SkillEvals,
} from '../../../../shared/contract/evals.ts';
import styles from './try.module.css';

interface EvalsFormProps {
  readonly evals: SkillEvals;
  readonly onChange: (evals: SkillEvals) => void;
}

/** Prompts and task of a skill, to be changed: one prompt or expectation a line. */
export function EvalsForm({ evals, onChange }: EvalsFormProps): ReactElement {
  const [load, setLoad] = useState(evals.load.join('\n'));
  const [skip, setSkip] = useState(evals.skip.join('\n'));
  const [task, setTask] = useState(evals.task?.prompt ?? '');
  const [wanted, setWanted] = useState((evals.task?.expectations ?? []).map(({ text }) => text).join('\n'));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onChange(changedEvals(evals, { load, skip, task, wanted }));
  };
  return (
    <form className={styles['form']} onSubmit={submit} autoComplete="off">
      <Lines label="Prompts that should load it, one a line" value={load} onChange={setLoad} rows={10} />
      <Lines label="Near misses that should not, one a line" value={skip} onChange={setSkip} rows={10} />
      <Lines label="Task" value={task} onChange={setTask} rows={3} />
      {evals.task?.files.map(({ path, content }) => (
        <details className="small" key={path}>
          <summary>
            With <span className="mono">{path}</span>
          </summary>
          <pre className={styles['answer']} dir="auto">
            {content}
          </pre>
        </details>
      ))}
      <Lines label="What its result must show, one a line" value={wanted} onChange={setWanted} rows={5} />
      <button type="submit" className="plain strong">
        Keep these
      </button>
    </form>
  );
}

interface LinesProps {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly onChange: (value: string) => void;
}

function Lines({ label, value, rows, onChange }: LinesProps): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        dir="auto"
        rows={rows}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
    </div>
  );
}

interface Typed {
  readonly load: string;
  readonly skip: string;
  readonly task: string;
  readonly wanted: string;
}

/** An expectation whose sentence stayed keeps its checks. Without a task or an expectation there is no task. */
export function changedEvals(evals: SkillEvals, { load, skip, task, wanted }: Typed): SkillEvals {
  const { task: before, ...rest } = evals;
  const prompt = task.trim().slice(0, 2000);
  const expectations = linesOf(wanted, 300, MAX_EXPECTATIONS).map(
    (text) => before?.expectations.find((known) => known.text === text) ?? { text },
  );
  return {
    ...rest,
    load: linesOf(load, MAX_EVAL_PROMPT_CHARS, MAX_EVAL_PROMPTS),
    skip: linesOf(skip, MAX_EVAL_PROMPT_CHARS, MAX_EVAL_PROMPTS),
    ...(prompt !== '' &&
      expectations.length > 0 && { task: { prompt, files: before?.files ?? [], expectations } }),
  };
}

function linesOf(text: string, maxChars: number, max: number): string[] {
  const lines = text.split('\n').map((line) => line.trim().slice(0, maxChars));
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, max);
}
