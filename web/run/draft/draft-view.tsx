import { type ReactElement, useState } from 'react';
import type { Analysis, Draft } from '../../../shared/contract/plan.ts';
import { writeSkill } from '../../../shared/skills/write-skill.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { download } from '../../ui/download.ts';
import { type Tab, Tabs } from '../../ui/tabs.tsx';
import styles from './draft-view.module.css';
import { FindingList } from './finding-list.tsx';
import { FrontMatter } from './front-matter.tsx';
import { SourceView } from './source-view.tsx';

type View = 'rendered' | 'source' | 'findings';

/** A draft to read: rendered with its front matter, as SKILL.md source, and what analysis found. */
export function DraftView({
  draft,
  analysis,
}: {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
}): ReactElement {
  const [view, setView] = useState<View>('rendered');
  const [line, setLine] = useState<number>();
  const source = writeSkill(draft.manifest, draft.body);
  const tabs: readonly Tab<View>[] = [
    { name: 'rendered', label: 'Rendered' },
    { name: 'source', label: 'Source' },
    {
      name: 'findings',
      label: <>Findings {analysis && <span className="num soft">{analysis.findings.length}</span>}</>,
    },
  ];

  return (
    <div className={styles['draft-view']}>
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
            analysis={analysis}
            onLine={(at) => {
              setLine(at);
              setView('source');
            }}
          />
        )}
      </Tabs>
    </div>
  );
}
