import { type ReactElement, type ReactNode, useState } from 'react';
import type { Analysis, Draft } from '../../../shared/contract/plan.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { part } from '../../chunks/part.tsx';
import { failureOf } from '../../http/call.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { DraftProgress } from '../state/run-state.ts';
import { downloadSkill } from './download-skill.ts';
import { useEditTools } from './draft-tools.ts';
import styles from './draft-view.module.css';
import { EditView } from './edit-view.tsx';
import { FilesView, type Place } from './files-view.tsx';
import { FindingList } from './finding-list.tsx';
import { FrontMatter } from './front-matter.tsx';
import { RevisionView } from './rework/revision-view.tsx';
import { ReworkAnswer } from './rework/rework-answer.tsx';
import { ReworkForm } from './rework/rework-form.tsx';
import { SourceView } from './source-view.tsx';
import { useTryTools } from './try/try-tools.ts';
import { useUnkept } from './unkept.ts';

type View = 'rendered' | 'source' | 'files' | 'findings' | 'revision' | 'try' | 'edit';

const TryView = part(
  () => import('./try/try-view.tsx'),
  (module) => module.TryView,
);

interface DraftViewProps {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  /** The last time that notes were worked in. */
  readonly revised: DraftProgress['revised'];
}

/** A draft to read: rendered with its front matter, as the files that it consists of, what analysis found, and what a revision changed. */
export function DraftView({ draft, analysis, revised }: DraftViewProps): ReactElement {
  const [place, setPlace] = useState<Place>({ path: 'SKILL.md' });
  const toast = useToast();
  const tools = useEditTools();
  const tries = useTryTools();
  const [view, setView] = useState<View>(() => (tries?.subject?.includes(draft.item) ? 'try' : 'rendered'));
  const unkept = useUnkept(tools?.plan, draft.item, 'text');
  const source = writeSkill(draft.manifest, draft.body);
  const hasFiles = draft.files !== undefined;
  const reader: View = hasFiles ? 'files' : 'source';
  const canEdit = tools && tools.reworked?.item !== draft.item;
  const tabs: readonly Tab<View>[] = [
    { name: 'rendered', label: 'Rendered' },
    hasFiles
      ? { name: 'files', label: counted('Files', 1 + (draft.files?.length ?? 0)) }
      : { name: 'source', label: 'Source' },
    {
      name: 'findings',
      label: counted('Findings', analysis && analysis.findings.length + analysis.notes.length),
    },
    ...(revised ? [{ name: 'revision', label: counted('Revised', revised.notes.length) } as const] : []),
    ...(tries ? [{ name: 'try', label: 'Try' } as const] : []),
    ...(canEdit ? [{ name: 'edit', label: unkept === undefined ? 'Edit' : 'Edit · not kept' } as const] : []),
  ];
  const download = (): void => {
    downloadSkill(draft).catch((error: unknown) => toast({ text: failureOf(error).message }));
  };

  return (
    <div className={styles['draft-view']}>
      <ReworkAnswer draft={draft} analysis={analysis} />
      <Tabs
        label={`Views of ${draft.manifest.name}`}
        tabs={tabs}
        chosen={view === 'source' || view === 'files' ? reader : view}
        onChoose={setView}
        actions={
          <>
            <CopyButton text={() => shownText(draft, view === reader ? place.path : 'SKILL.md') ?? source} />
            <button type="button" className="plain" onClick={download}>
              Download
            </button>
          </>
        }
      >
        {view === 'rendered' && (
          <>
            <FrontMatter manifest={draft.manifest} />
            <Markdown text={draft.body} />
          </>
        )}
        {view === 'source' && !hasFiles && <SourceView text={source} line={place.line} />}
        {(view === 'source' || view === 'files') && hasFiles && (
          <FilesView {...{ draft, analysis, source }} shown={place} onShow={setPlace} />
        )}
        {view === 'findings' && (
          <FindingList
            draft={draft}
            analysis={analysis}
            onLine={(line, path = 'SKILL.md') => {
              setPlace({ path, line });
              setView(reader);
            }}
          />
        )}
        {view === 'revision' && revised && <RevisionView revised={revised} />}
        {view === 'try' && tries && <TryView draft={draft} tools={tries} />}
        {view === 'edit' && tools && (
          <EditView draft={draft} analysis={analysis} tools={tools} onDone={() => setView('rendered')} />
        )}
      </Tabs>
      {view !== 'edit' && view !== 'try' && <ReworkForm item={draft.item} name={draft.manifest.name} />}
    </div>
  );
}

function shownText({ files = [] }: Draft, path: string): string | undefined {
  return files.find((file) => file.path === path)?.content;
}

function counted(label: string, count: number | undefined): ReactNode {
  return (
    <>
      {label} {count !== undefined && <span className="num soft">{count}</span>}
    </>
  );
}
