import type { ReactElement } from 'react';
import type { EventData } from '../../../../shared/contract/events.ts';
import { DiffLegend, TextDiff } from '../../../diff/text-diff.tsx';
import { plural } from '../../../ui/format.ts';
import { FileDiff } from '../file-diff.tsx';
import styles from '../revision.module.css';

/** Which notes were worked into a draft, and what that changed of it. */
export function RevisionView({ revised }: { readonly revised: EventData<'revision'> }): ReactElement {
  const { notes, by, before, after, files = [] } = revised;
  return (
    <div className={styles['revision']}>
      <p>
        <b>{revisedInWords(revised)}</b>
        {by === 'rewrite' && <span className="soft"> The text was written anew with them.</span>}
      </p>
      <ul>
        {notes.map((note) => (
          <li key={`${note.where}:${note.text}`}>
            {note.where && <span className="soft">{note.where}: </span>}
            {note.text}
          </li>
        ))}
      </ul>
      <DiffLegend removed="before" added="after" />
      {before.trimEnd() !== after.trimEnd() && (
        <section className={styles['change']} aria-label="What the revision changed">
          <TextDiff before={before.trimEnd()} after={after.trimEnd()} />
        </section>
      )}
      {files.map((file) => (
        <FileDiff key={file.path} {...file} />
      ))}
    </div>
  );
}

export function revisedInWords({ notes }: EventData<'revision'>): string {
  return `Revised: ${plural(notes.length, 'note')} worked in.`;
}
