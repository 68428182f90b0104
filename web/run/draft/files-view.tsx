import { type ReactElement, useState } from 'react';
import type { Analysis, Draft } from '../../../shared/contract/plan.ts';
import { useEditTools } from './draft-tools.ts';
import { EditView } from './edit-view.tsx';
import styles from './files-view.module.css';
import { SourceView } from './source-view.tsx';

/** A file of a skill, and the line of it that is looked at. */
export interface Place {
  readonly path: string;
  readonly line?: number | undefined;
}

interface FilesViewProps {
  readonly draft: Draft;
  readonly analysis: Analysis | undefined;
  /** The SKILL.md as it will be saved. */
  readonly source: string;
  readonly shown: Place;
  readonly onShow: (place: Place) => void;
}

/** A skill's files as a tree, and one of them to read or to change. */
export function FilesView({ draft, analysis, source, shown, onShow }: FilesViewProps): ReactElement {
  const [edited, setEdited] = useState<string>();
  const tools = useEditTools();
  const { files = [], manifest } = draft;
  const file = files.find(({ path }) => path === shown.path);
  const isEdited = file !== undefined && edited === file.path;
  return (
    <div className={styles['files']}>
      <nav className={styles['tree']} aria-label={`Files of ${manifest.name}`}>
        <p className="mono soft">{manifest.name}/</p>
        <ul>
          <Entry path="SKILL.md" shown={shown.path} onShow={onShow} />
          {foldersOf(files).map(({ folder, paths }) => (
            <li key={folder}>
              <span className="mono soft">{folder}/</span>
              <ul>
                {paths.map((path) => (
                  <Entry key={path} path={path} shown={shown.path} onShow={onShow} />
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </nav>
      <section aria-label={file?.path ?? 'SKILL.md'}>
        {file && tools && !isEdited && (
          <p className={styles['acts']}>
            <button type="button" className="plain" onClick={() => setEdited(file.path)}>
              Edit {file.path}
            </button>
          </p>
        )}
        {file && isEdited && tools ? (
          <EditView
            key={file.path}
            draft={draft}
            analysis={analysis}
            tools={tools}
            path={file.path}
            onDone={() => setEdited(undefined)}
          />
        ) : (
          <SourceView key={shown.path} text={file?.content ?? source} line={shown.line} />
        )}
      </section>
    </div>
  );
}

interface EntryProps {
  readonly path: string;
  readonly shown: string;
  readonly onShow: (place: Place) => void;
}

function Entry({ path, shown, onShow }: EntryProps): ReactElement {
  return (
    <li>
      <button
        type="button"
        className="link mono"
        aria-current={path === shown || undefined}
        onClick={() => onShow({ path })}
      >
        {path.slice(path.indexOf('/') + 1)}
      </button>
    </li>
  );
}

function foldersOf(
  files: NonNullable<Draft['files']>,
): readonly { readonly folder: string; readonly paths: readonly string[] }[] {
  const paths = files.map(({ path }) => path);
  const folders = [...new Set(paths.map((path) => path.slice(0, path.indexOf('/'))))];
  return folders.map((folder) => ({ folder, paths: paths.filter((path) => path.startsWith(`${folder}/`)) }));
}
