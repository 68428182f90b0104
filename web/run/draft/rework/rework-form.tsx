import { type FormEvent, type ReactElement, useEffect } from 'react';
import { MAX_NOTE_CHARS } from '../../../../shared/contract/run-limits.ts';
import { useDraftTools } from '../draft-tools.ts';
import styles from '../revision.module.css';
import { setUnkept, useUnkept } from '../unkept.ts';

interface ReworkFormProps {
  readonly item: string;
  readonly name: string;
}

/** One draft, in the user's own words: "shorter", "we use pnpm". */
export function ReworkForm({ item, name }: ReworkFormProps): ReactElement | null {
  const tools = useDraftTools();
  const note = useUnkept(tools?.plan, item, 'wish')?.text ?? '';
  const isReworked = tools?.reworked?.item === item;
  const of = tools?.plan;
  useEffect(() => {
    // It is on its way, or has its answer.
    if (isReworked && of) setUnkept(of, item, 'wish', undefined);
  }, [isReworked, of, item]);
  if (!tools?.rework || isReworked) return null;
  const { plan, rework, reworked } = tools;
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
          onChange={({ target }) =>
            setUnkept(plan, item, 'wish', target.value ? { text: target.value, of: '' } : undefined)
          }
        />
      </label>
      {tools.reworkedOn && (
        <p className="small soft">
          On this server, with {tools.reworkedOn}. You see what it changes before it counts.
        </p>
      )}
      <button type="submit" className="plain" disabled={note.trim() === ''}>
        Rework
      </button>
    </form>
  );
}
