import { type ReactElement, useEffect, useState } from 'react';
import type { DraftEdit, EditedDraft } from '../../../shared/compose/drafts/edit-draft.ts';
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
  /** Of the file beside the SKILL.md that is changed; absent: the body. */
  readonly path?: string;
  /** Kept or not: the draft is shown again. */
  readonly onDone: () => void;
}

const PAUSE_MS = 250;

/** The body, or a file beside it, to be changed by hand, judged by the rules while it is typed. Nothing is kept before "Keep". */
export function EditView({ draft, analysis, tools, path, onDone }: EditViewProps): ReactElement {
  const [judged, setJudged] = useState<EditedDraft>();
  const [problem, setProblem] = useState<string>();
  const { goal, plan, change } = tools;
  const kind = path === undefined ? 'text' : (`text:${path}` as const);
  const unkept = useUnkept(plan, draft.item, kind);
  const old = path === undefined ? draft.body : fileText(draft, path);
  const text = unkept?.text ?? old;
  const settled = useSettled(text, PAUSE_MS);

  useEffect(() => {
    let current = true;
    loadEditDraft()
      .then((editing) => judge(editing, { goal, draft, analysis, plan }, path, settled))
      .then(
        (edited) => current && setJudged(edited),
        (error: unknown) => current && setProblem(failureOf(error).message),
      );
    return () => {
      current = false;
    };
  }, [settled, goal, draft, analysis, plan, path]);

  const setText = (next: string): void =>
    setUnkept(
      plan,
      draft.item,
      kind,
      next === old ? undefined : { text: next, of: unkept?.of ?? draft.digest },
    );
  const done = (): void => {
    setUnkept(plan, draft.item, kind, undefined);
    onDone();
  };
  const keep = async (): Promise<void> => {
    try {
      const edited = await judge(await loadEditDraft(), { goal, draft, analysis, plan }, path, text);
      change(draft.item, { ...edited }, `Changed ${draft.manifest.name}.`);
      done();
    } catch (error) {
      setProblem(failureOf(error).message);
    }
  };
  const isSame = text.trim() === old.trim();
  return (
    <div className={styles['edit']}>
      <textarea
        className="mono"
        aria-label={path === undefined ? `Body of ${draft.manifest.name}` : `${draft.manifest.name}/${path}`}
        value={text}
        spellCheck={false}
        rows={24}
        onChange={({ target }) => setText(target.value)}
      />
      <Judgement judged={judged} path={path} lines={text.split('\n').length} />
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

function judge(
  { withBody, withFile }: Awaited<ReturnType<typeof loadEditDraft>>,
  edit: DraftEdit,
  path: string | undefined,
  text: string,
): Promise<EditedDraft> {
  return path === undefined ? withBody(edit, text) : withFile(edit, path, text);
}

function fileText({ files = [] }: Draft, path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

/** What the rules say of the text so far. */
function Judgement({
  judged,
  path,
  lines,
}: {
  readonly judged: EditedDraft | undefined;
  readonly path: string | undefined;
  readonly lines: number;
}): ReactElement {
  const findings =
    judged?.analysis.findings.filter(({ severity, file }) => severity !== 'info' && file === path) ?? [];
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
