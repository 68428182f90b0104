import type { ReactElement } from 'react';
import { Visible } from '../markdown/inline.tsx';
import { plural } from '../ui/format.ts';
import { diffLines, foldSame, type Hunk } from './line-diff.ts';
import styles from './text-diff.module.css';

const SIGNS = { same: ' ', added: '+', removed: '−' };

/** What became of a text: changed lines, and those around them. */
export function TextDiff({
  before,
  after,
}: {
  readonly before: string;
  readonly after: string;
}): ReactElement {
  const hunks = foldSame(diffLines(before, after));
  return (
    <ol className={styles['diff']}>
      {hunks.map((hunk, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text are told by their place
        <Line key={at} hunk={hunk} />
      ))}
    </ol>
  );
}

function Line({ hunk }: { readonly hunk: Hunk }): ReactElement {
  if ('skipped' in hunk) return <li className={styles['skipped']}>{plural(hunk.skipped, 'line')} alike</li>;
  return (
    <li data-kind={hunk.kind}>
      <span>{SIGNS[hunk.kind]}</span>
      <span className="hidden">{hunk.kind === 'same' ? '' : `${hunk.kind}: `}</span>
      <Visible text={hunk.text} />
    </li>
  );
}

/** What the two signs mean, in the colours of the lines. */
export function DiffLegend({
  removed,
  added,
}: {
  readonly removed: string;
  readonly added: string;
}): ReactElement {
  return (
    <p className={`small soft ${styles['diff-key']}`}>
      <span data-kind="removed">− {removed}</span>
      <span data-kind="added">+ {added}</span>
    </p>
  );
}
