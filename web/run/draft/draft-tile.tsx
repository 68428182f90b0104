import { memo, type ReactElement } from 'react';
import type { PlanItem } from '../../../shared/contract/plan.ts';
import { Guard } from '../../chunks/guard.tsx';
import { part } from '../../chunks/part.tsx';
import { startOf } from '../../markdown/start-of.ts';
import { formatTokens } from '../../ui/format.ts';
import { ChevronIcon } from '../../ui/icons.tsx';
import { useTurn } from '../../ui/use-turn.ts';
import type { DraftProgress } from '../state/run-state.ts';
import { fileFeed, type RunStore } from '../state/run-store.ts';
import styles from './draft-tile.module.css';
import { stateInWords } from './draft-words.ts';
import { ScoreBars } from './score-bars.tsx';
import { StreamText } from './stream-text.tsx';

const DraftView = part(
  () => import('./draft-view.tsx'),
  (module) => module.DraftView,
  {
    waiting: () => <div className={styles['preview']} />,
    frame: (problem) => <div className="pad">{problem}</div>,
  },
);
/** Before it is there, and when it does not come, the text as it was written. */
const Markdown = part(
  () => import('../../markdown/markdown.tsx'),
  (module) => module.Markdown,
  { waiting: asWritten, frame: (_, props) => asWritten(props) },
);

function asWritten({ text }: { readonly text: string }): ReactElement {
  return <div className={styles['partial']}>{text}</div>;
}

/** Fetches what a finished draft is shown with, while it is still written. */
export function warmDraftView(): void {
  void DraftView.warm();
  void Markdown.warm();
}

interface DraftTileProps {
  readonly store: RunStore;
  readonly item: PlanItem;
  readonly progress: DraftProgress | undefined;
  /** The run still goes on. */
  readonly busy: boolean;
  readonly outputTokens: number;
  readonly open: boolean;
  readonly onToggle: (id: string) => void;
}

/** One new skill. Its height is the same while it waits, is written and is done, so that nothing moves; open, it takes the row. */
export const DraftTile = memo(function DraftTile(props: DraftTileProps): ReactElement {
  const { store, item, progress, busy, outputTokens, open, onToggle } = props;
  const { draft, analysis, writing } = progress ?? {};
  const name = draft?.manifest.name ?? item.name;
  const state = stateInWords(progress, busy);
  const opened = open && draft !== undefined;

  return (
    <article
      className={`sheet ${styles['draft']}`}
      id={`draft-${item.id}`}
      aria-labelledby={`name-${item.id}`}
      data-ready={draft !== undefined || undefined}
      data-open={opened || undefined}
      tabIndex={-1}
    >
      <header>
        <h3 id={`name-${item.id}`}>
          {draft ? (
            <button
              type="button"
              className={`skill-name ${styles['fold']}`}
              aria-expanded={opened}
              onClick={() => onToggle(item.id)}
            >
              {name}
            </button>
          ) : (
            <span className="skill-name">{name}</span>
          )}
        </h3>
        <span className={`tag ${state.tone}`}>{state.words}</span>
        <span className={`small soft num ${styles['draft-end']}`}>
          {opened && outputTokens > 0 && `${formatTokens(outputTokens)} tokens`}
          <ChevronIcon />
        </span>
      </header>
      <Guard>
        {opened ? (
          <DraftView draft={draft} analysis={analysis} revised={progress?.revised} />
        ) : (
          <TileBody
            store={store}
            item={item}
            progress={progress}
            writing={writing !== undefined}
            name={name}
            onOpen={() => onToggle(item.id)}
          />
        )}
      </Guard>
      <ScoreBars analysis={analysis} expected={busy} />
    </article>
  );
});

interface TileBodyProps {
  readonly store: RunStore;
  readonly item: PlanItem;
  readonly progress: DraftProgress | undefined;
  readonly writing: boolean;
  readonly name: string;
  readonly onOpen: () => void;
}

function TileBody({ store, item, progress, writing, name, onOpen }: TileBodyProps): ReactElement {
  if (writing) return <StreamText feed={store.feed(item.id)} name={name} />;
  const file = progress?.writingFile;
  if (file !== undefined)
    return <StreamText key={file} feed={store.feed(fileFeed(item.id, file))} name={`${name}/${file}`} />;
  if (progress?.draft) {
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/noStaticElementInteractions: for the mouse alone; by keyboard its heading opens it
      <div className={styles['preview']} onClick={() => getSelection()?.isCollapsed !== false && onOpen()}>
        <Preview text={startOf(progress.draft.body)} />
      </div>
    );
  }
  if (progress?.partial)
    return <div className={`${styles['preview']} ${styles['partial']}`}>{progress.partial}</div>;
  return (
    <div className={`small soft ${styles['preview']} ${styles['outline']}`}>
      <p>{item.description}</p>
      <ul>
        {item.outline.map((heading) => (
          <li key={heading}>{heading}</li>
        ))}
        {item.files?.map(({ path, purpose }) => (
          <li key={path}>
            <span className="mono">{path}</span> {purpose}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The text as it was written until its turn comes: drafts that are done at once, or read back after a reload, are parsed one by one. */
function Preview({ text }: { readonly text: string }): ReactElement {
  return useTurn() ? <Markdown text={text} preview /> : asWritten({ text });
}
