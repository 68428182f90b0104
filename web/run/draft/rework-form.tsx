import { type FormEvent, type ReactElement, useState } from 'react';
import { MAX_NOTE_CHARS } from '../../../shared/contract/run-request.ts';
import { useDraftTools } from './draft-tools.ts';
import styles from './revision.module.css';

interface ReworkFormProps {
  readonly item: string;
  readonly name: string;
}

/** One draft, in the user's own words: "shorter", "we use pnpm". */
export function ReworkForm({ item, name }: ReworkFormProps): ReactElement | null {
  const tools = useDraftTools();
  const [note, setNote] = useState('');
  if (!tools?.rework || tools.reworked?.item === item) return null;
  const { rework, reworked } = tools;
  // One answer at a time: the run remembers one text from before.
  if (reworked)
    return <p className="small soft">Accept or refuse the reworked draft first, then rework this one.</p>;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (note.trim() !== '') rework(item, note.trim());
  };
  return (
    <form className={styles['rework']} onSubmit={submit} autoComplete="off" aria-label={`Rework ${name}`}>
      <label className="field">
        <span className="label">Rework it in your own words</span>
        <input
          value={note}
          maxLength={MAX_NOTE_CHARS}
          placeholder="Shorter. We use pnpm."
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <button type="submit" className="plain" disabled={note.trim() === ''}>
        Rework
      </button>
    </form>
  );
}
