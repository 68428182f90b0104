import type { ReactElement } from 'react';
import type { DraftFile } from '../../../shared/contract/plan.ts';
import { TextDiff } from '../../diff/text-diff.tsx';
import styles from './revision.module.css';

interface FileDiffProps {
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

/** What was changed in a file beside a SKILL.md. */
export function FileDiff({ path, before, after }: FileDiffProps): ReactElement {
  return (
    <section className={styles['change']} aria-label={`What was changed in ${path}`}>
      <p className={`small mono soft ${styles['path']}`}>{path}</p>
      <TextDiff before={before.trimEnd()} after={after.trimEnd()} />
    </section>
  );
}

/** Files of which two states of a draft have different texts. */
export function changedFiles(
  before: readonly DraftFile[] = [],
  after: readonly DraftFile[] = [],
): readonly FileDiffProps[] {
  const paths = [...new Set([...before, ...after].map(({ path }) => path))];
  const textIn = (files: readonly DraftFile[], path: string): string =>
    files.find((file) => file.path === path)?.content ?? '';
  return paths
    .map((path) => ({ path, before: textIn(before, path), after: textIn(after, path) }))
    .filter((file) => file.before !== file.after);
}
