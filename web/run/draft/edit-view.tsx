import { type ReactElement, useEffect, useState } from 'react';
import type { EditedDraft } from '../../../shared/compose/drafts/edit-draft.ts';
import type { Analysis, Draft } from '../../../shared/contract/plan.ts';
import { failureOf } from '../../http/call.ts';
import { plural } from '../../ui/format.ts';
import { useSettled } from '../../ui/use-settled.ts';
import type { DraftTools } from './draft-tools.ts';
import { stateInWords } from './draft-words.ts';
import { loadEditDraft } from './load-edit-draft.ts';
import styles from './revision.module.css';
import { setUnkept, useUnkept } from './unkept.ts';

interface EditViewProps {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  readonly tools: DraftTools;
  /** Kept or not: the draft is shown again. */
  readonly onDone: () => void;
}

const PAUSE_MS = 250;

/** The body to be changed by hand, judged by the rules while it is typed. Nothing is kept before "Keep". */
export function EditView({ draft, analysis, tools, onDone }: EditViewProps): ReactElement {
  const [judged, setJudged] = useState<EditedDraft>();
  const [problem, setProblem] = useState<string>();
  const { goal, plan, change } = tools;
  const unkept = useUnkept(plan, draft.item, 'text');
  const text = unkept?.text ?? draft.body;
  const settled = useSettled(text, PAUSE_MS);

  useEffect(() => {
    let current = true;
    loadEditDraft()
      .then(({ withBody }) => withBody({ goal, draft, analysis, plan }, settled))
      .then(
        (edited) => current && setJudged(edited),
        (error: unknown) => current && setProblem(failureOf(error).message),
      );
    return () => {
      current = false;
    };
  }, [settled, goal, draft, analysis, plan]);

  const setText = (next: string): void =>
    setUnkept(
      plan,
      draft.item,
      'text',
      next === draft.body ? undefined : { text: next, of: unkept?.of ?? draft.digest },
    );
  const done = (): void => {
    setUnkept(plan, draft.item, 'text', undefined);
    onDone();
  };
  const keep = async (): Promise<void> => {
    try {
      const { withBody } = await loadEditDraft();
      const edited = await withBody({ goal, draft, analysis, plan }, text);
      change(draft.item, { ...edited }, `Changed ${draft.manifest.name}.`);
      done();
    } catch (error) {
      setProblem(failureOf(error).message);
    }
  };
  const isSame = text.trim() === draft.body.trim();
  return (
    <div className={styles['edit']}>
      <textarea
        className="mono"
        aria-label={`Body of ${draft.manifest.name}`}
        value={text}
        spellCheck={false}
        rows={24}
        onChange={({ target }) => setText(target.value)}
      />
      <Judgement judged={judged} lines={text.split('\n').length} />
      {unkept && unkept.of !== draft.digest && (
        <p className="small" role="note">
          The draft was changed since you began to type. Keeping this text takes that change back.
        </p>
      )}
      {problem && (
        <p className="small bad" role="alert">
          {problem}
        </p>
      )}
      <div className="row actions">
        <button
          type="button"
          className="plain strong"
          disabled={isSame || text.trim() === ''}
          onClick={() => void keep()}
        >
          Keep
        </button>
        <button type="button" className="plain" onClick={done}>
          Discard
        </button>
        <span className="small soft">The critic’s marks are of the text before.</span>
      </div>
    </div>
  );
}

/** What the rules say of the text so far. */
function Judgement({
  judged,
  lines,
}: {
  readonly judged: EditedDraft | undefined;
  readonly lines: number;
}): ReactElement {
  const findings = judged?.analysis.findings.filter(({ severity }) => severity !== 'info') ?? [];
  const state = judged && stateInWords(judged, false);
  return (
    <div aria-live="polite">
      <p className="small">
        {state && <span className={`tag ${state.tone}`}>{state.words}</span>}{' '}
        <span className="soft num">{plural(lines, 'line')}</span>
      </p>
      <ul className="small">
        {findings.slice(0, 6).map(({ rule, line, message }) => (
          <li key={`${rule}:${line}:${message}`}>
            {line !== undefined && <span className="soft num">line {line}: </span>}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
