import { type KeyboardEvent, type ReactElement, useRef } from 'react';
import type { SkillDraft } from '../../../shared/contract/publish-draft.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { Findings } from '../findings.tsx';
import styles from '../publish.module.css';
import type { WizardTools } from '../use-wizard.ts';
import { FileFields } from './file-fields.tsx';
import { FrontMatterForm } from './front-matter-form.tsx';

interface DraftEditorProps {
  readonly item: string;
  readonly draft: SkillDraft;
  readonly tools: WizardTools;
}

const PREVIEW_PAUSE_MS = 150;

export function DraftEditor({ item, draft, tools }: DraftEditorProps): ReactElement {
  const { store, judged } = tools;
  const source = useRef<HTMLTextAreaElement>(null);
  const preview = useSettled(draft.body, PREVIEW_PAUSE_MS);
  const skill = judged?.find((one) => one.item === item);
  const edit = (changes: Partial<SkillDraft>, field: string): void =>
    store.edit(item, { ...draft, ...changes }, field);

  /** Over all fields of the skill, in place of the one field's own. */
  const onKeyDown = (event: KeyboardEvent): void => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || (key !== 'z' && key !== 'y')) return;
    event.preventDefault();
    store.step(item, key === 'y' || event.shiftKey ? 'redo' : 'undo');
  };
  /** Lines of findings count in the whole SKILL.md; the field holds what stands below the front matter. */
  const toLine = (line: number): void => {
    const above = (skill?.text.split('\n').length ?? 0) - draft.body.trimEnd().split('\n').length - 1;
    const lines = draft.body.split('\n');
    const at = Math.max(0, line - above - 1);
    const start = lines.slice(0, at).join('\n').length + (at > 0 ? 1 : 0);
    source.current?.focus();
    source.current?.setSelectionRange(start, start + (lines[at]?.length ?? 0));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys of the fields inside
    <div className={styles['editor']} onKeyDown={onKeyDown}>
      <div className="row actions">
        <HistoryButton label="Undo" item={item} way="undo" tools={tools} />
        <HistoryButton label="Redo" item={item} way="redo" tools={tools} />
      </div>
      <FrontMatterForm draft={draft} refusal={refusalOf(item, tools)} onEdit={edit} />
      <div className={styles['sides']}>
        <label className="field">
          <span className="label">Source, Markdown</span>
          <textarea
            ref={source}
            className="mono"
            value={draft.body}
            spellCheck={false}
            rows={26}
            onChange={({ target }) => edit({ body: target.value }, 'body')}
          />
        </label>
        <section className={styles['side']} aria-label="Preview">
          <h3 className="label">Preview</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
          <div className={styles['preview']} tabIndex={0}>
            <Markdown text={preview} />
          </div>
        </section>
      </div>
      <FileFields files={draft.files ?? []} onEdit={edit} />
      {skill && <Findings skill={skill} tools={tools} onLine={toLine} />}
    </div>
  );
}

/** What the registry said of this skill's name, when it was asked. */
function refusalOf(item: string, { refusal, work }: WizardTools): string | undefined {
  if (!refusal.said || refusal.said === 'none') return undefined;
  const at = /^manifest\.skills\.(\d+)\.name$/.exec(refusal.said.field ?? '')?.[1];
  const own = work.skills.filter(({ included, draft }) => included && draft);
  return at !== undefined && own[Number(at)]?.item === item ? refusal.said.message : undefined;
}

interface HistoryButtonProps {
  readonly label: string;
  readonly item: string;
  readonly way: 'undo' | 'redo';
  readonly tools: WizardTools;
}

function HistoryButton({ label, item, way, tools: { store } }: HistoryButtonProps): ReactElement {
  const isOff = !store.can(item, way);
  return (
    <button
      type="button"
      className="plain"
      aria-disabled={isOff}
      onClick={() => !isOff && store.step(item, way)}
    >
      {label}
    </button>
  );
}
