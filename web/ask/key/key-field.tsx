import { type ReactElement, type RefObject, useCallback, useRef, useState } from 'react';
import type { KeyRules } from '../../../shared/sealing/key-shape.ts';
import { loadChunk } from '../../chunks/load-chunk.ts';
import { hidesText, KEPT_BY_NOBODY } from './key-attributes.ts';
import styles from './key-panel.module.css';
import type { Taken } from './take-pasted.ts';

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
  /** Whose keys are looked for in settings that are pasted; the chosen provider comes first. */
  readonly providers: readonly KeyRules[];
  /** Tells in our own words what was taken out of settings, and of which provider. */
  readonly onTaken: (taken: Taken | undefined) => void;
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
  providers,
  onTaken,
}: KeyFieldProps): ReactElement {
  const [shown, setShown] = useState(false);
  const known = useRef(providers);
  known.current = providers;

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
      const ignore = watchPastes(input, (pasted) => {
        void loadPasting()
          .then(({ takePasted }) => takePasted(input, pasted, known.current))
          .catch(() => NOT_READ)
          .then((taken) => {
            onHolds(input.value !== '');
            onTaken(taken);
          });
      });
      return () => {
        ignore();
        removeEventListener('pagehide', clear);
        // React holds on to the element that last had the focus, even a removed one: it must leave empty.
        input.value = '';
        handle.current = null;
      };
    },
    [handle, onHolds, onTaken],
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
        onFocus={() => {
          onFocus();
          loadPasting().catch(() => {});
        }}
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

const loadPasting = () => loadChunk(() => import('./take-pasted.ts'));

const NOT_READ: Taken = {
  of: undefined,
  words: 'This did not load: paste the key alone.',
};

/** Hands over what may be lines of settings, or a file of them, in place of the browser, which would put all of it into the field. */
function watchPastes(input: HTMLInputElement, take: (pasted: string | Blob) => void): () => void {
  const onPaste = (event: ClipboardEvent | DragEvent): void => {
    const data = 'clipboardData' in event ? event.clipboardData : event.dataTransfer;
    const pasted = data?.files[0] ?? data?.getData('text/plain') ?? '';
    if (typeof pasted === 'string' && !/[=:]|[\r\n]\s*\S/.test(pasted)) return;
    event.preventDefault();
    if (!input.disabled) take(pasted);
  };
  const onDrag = (event: DragEvent): void => event.preventDefault();
  input.addEventListener('paste', onPaste);
  input.addEventListener('drop', onPaste);
  input.addEventListener('dragover', onDrag);
  return () => {
    input.removeEventListener('paste', onPaste);
    input.removeEventListener('drop', onPaste);
    input.removeEventListener('dragover', onDrag);
  };
}
