import type { ReactElement } from 'react';
import { applyNote } from '../../../../shared/compose/drafts/apply-patches.ts';
import type { Analysis, Draft, Note } from '../../../../shared/contract/plan.ts';
import { failureOf } from '../../../http/call.ts';
import { useToast } from '../../../ui/toast.tsx';
import { useEditTools } from '../draft-tools.ts';
import { loadEditDraft } from '../load-edit-draft.ts';
import styles from '../revision.module.css';

interface NoteListProps {
  readonly draft: Draft;
  readonly analysis: Analysis;
}

/** The critic's notes that were not worked in. One that brings its change is applied with a press, and undone with another. */
export function NoteList({ draft, analysis }: NoteListProps): ReactElement | null {
  const tools = useEditTools();
  const toast = useToast();
  if (analysis.notes.length === 0) return null;

  const apply = async (note: Note): Promise<void> => {
    if (!tools) return;
    try {
      const { withNote } = await loadEditDraft();
      const edited = await withNote({ draft, analysis, ...tools }, note);
      if (edited) tools.change(draft.item, edited, `Applied a suggestion to ${draft.manifest.name}.`);
    } catch (error) {
      toast({ text: failureOf(error).message });
    }
  };
  return (
    <>
      <h4>The critic's suggestions</h4>
      <ul>
        {analysis.notes.map((note) => (
          <li className={styles['suggestion']} key={`${note.where}:${note.text}`}>
            <span>
              {note.must && <span className="tag warn">must</span>}{' '}
              {note.where && <span className="soft">{note.where}: </span>}
              {note.text}
            </span>
            {tools && applyNote(draft.body, note) !== undefined && (
              <button type="button" className="plain" onClick={() => void apply(note)}>
                Apply
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
