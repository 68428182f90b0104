import { type ReactElement, useState } from 'react';
import type { Analysis, Draft } from '../../../shared/contract/plan.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { download } from '../../ui/download.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import type { DraftProgress } from '../state/run-state.ts';
import { useEditTools } from './draft-tools.ts';
import styles from './draft-view.module.css';
import { EditView } from './edit-view.tsx';
import { FindingList } from './finding-list.tsx';
import { FrontMatter } from './front-matter.tsx';
import { RevisionView } from './revision-view.tsx';
import { ReworkAnswer } from './rework-answer.tsx';
import { ReworkForm } from './rework-form.tsx';
import { SourceView } from './source-view.tsx';
import { useUnkept } from './unkept.ts';

type View = 'rendered' | 'source' | 'findings' | 'revision' | 'edit';

interface DraftViewProps {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  /** The last time that notes were worked in. */
  readonly revised: DraftProgress['revised'];
}

/** A draft to read: rendered with its front matter, as SKILL.md source, what analysis found, and what a revision changed. */
export function DraftView({ draft, analysis, revised }: DraftViewProps): ReactElement {
  const [view, setView] = useState<View>('rendered');
  const [line, setLine] = useState<number>();
  const tools = useEditTools();
  const unkept = useUnkept(tools?.plan, draft.item, 'text');
  const source = writeSkill(draft.manifest, draft.body);
  const tabs: readonly Tab<View>[] = [
    { name: 'rendered', label: 'Rendered' },
    { name: 'source', label: 'Source' },
    {
      name: 'findings',
      label: (
        <>
          Findings{' '}
          {analysis && <span className="num soft">{analysis.findings.length + analysis.notes.length}</span>}
        </>
      ),
    },
    ...(revised
      ? [
          {
            name: 'revision',
            label: (
              <>
                Revised <span className="num soft">{revised.notes.length}</span>
              </>
            ),
          } as const,
        ]
      : []),
    ...(tools && tools.reworked?.item !== draft.item
      ? [{ name: 'edit', label: unkept === undefined ? 'Edit' : 'Edit · not kept' } as const]
      : []),
  ];

  return (
    <div className={styles['draft-view']}>
      <ReworkAnswer draft={draft} analysis={analysis} />
      <Tabs
        label={`Views of ${draft.manifest.name}`}
        tabs={tabs}
        chosen={view}
        onChoose={setView}
        actions={
          <>
            <CopyButton text={() => source} />
            <button
              type="button"
              className="plain"
              onClick={() => download('SKILL.md', source, 'text/markdown')}
            >
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
        {view === 'source' && <SourceView text={source} line={line} />}
        {view === 'findings' && (
          <FindingList
            draft={draft}
            analysis={analysis}
            onLine={(at) => {
              setLine(at);
              setView('source');
            }}
          />
        )}
        {view === 'revision' && revised && <RevisionView revised={revised} />}
        {view === 'edit' && tools && (
          <EditView draft={draft} analysis={analysis} tools={tools} onDone={() => setView('rendered')} />
        )}
      </Tabs>
      {view !== 'edit' && <ReworkForm item={draft.item} name={draft.manifest.name} />}
    </div>
  );
}
