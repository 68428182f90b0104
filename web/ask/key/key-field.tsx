import { type ReactElement, type RefObject, useCallback, useState } from 'react';
import { hidesText, KEPT_BY_NOBODY } from './key-attributes.ts';
import styles from './key-panel.module.css';

/**
 * The page's field for the key, uncontrolled and without a name: the key is in no state, no prop, no attribute and no form data. `take`
 * reads the field and empties it; both readers are handed to `seal-key.ts` uncalled, so that no other file of the page has the text.
 */
export interface KeyHandle {
  readonly take: () => string;
  readonly peek: () => string;
  readonly holds: () => boolean;
}

interface KeyFieldProps {
  readonly id: string;
  readonly handle: RefObject<KeyHandle | null>;
  readonly disabled: boolean;
  readonly describedBy: string;
  readonly wrong: boolean;
  /** What keys of this provider look like. */
  readonly placeholder: string;
  readonly onFocus: () => void;
  /** Tells whether the field holds anything, never what. */
  readonly onHolds: (holds: boolean) => void;
}

/** The one place of the page where a key is typed. React never holds its value; see the header of this file. */
export function KeyField({
  id,
  handle,
  disabled,
  describedBy,
  wrong,
  placeholder,
  onFocus,
  onHolds,
}: KeyFieldProps): ReactElement {
  const [shown, setShown] = useState(false);

  const attach = useCallback(
    (input: HTMLInputElement) => {
      // Assigned, not form.reset(): React remembers an input's last value in a closure of its own, which only an assignment updates.
      const clear = (): void => {
        input.value = '';
        onHolds(false);
        setShown(false);
      };
      handle.current = {
        take: () => {
          const key = input.value;
          clear();
          return key;
        },
        peek: () => input.value,
        holds: () => input.value.trim() !== '',
      };
      // A page that goes to the back/forward cache keeps its fields.
      addEventListener('pagehide', clear);
      return () => {
        removeEventListener('pagehide', clear);
        // React holds on to the element that last had the focus, even a removed one: it must leave empty.
        input.value = '';
        handle.current = null;
      };
    },
    [handle, onHolds],
  );

  return (
    <div className={styles['key-field']}>
      <input
        ref={attach}
        id={id}
        className={shown ? 'mono' : 'mono masked'}
        type={shown || hidesText() ? 'text' : 'password'}
        maxLength={8192}
        placeholder={placeholder}
        disabled={disabled}
        aria-describedby={describedBy}
        aria-invalid={wrong}
        {...KEPT_BY_NOBODY}
        onFocus={onFocus}
        onInput={(event) => onHolds(event.currentTarget.value !== '')}
      />
      <button
        type="button"
        className="plain"
        aria-pressed={shown}
        disabled={disabled}
        onClick={() => setShown(!shown)}
      >
        {shown ? 'Hide' : 'Show'}
      </button>
    </div>
  );
}
