import type { ReactElement } from 'react';
import styles from './model-picker.module.css';

interface StarButtonProps {
  readonly model: string;
  readonly isFavourite: boolean;
  readonly disabled: boolean;
  readonly onChange: (isFavourite: boolean) => void;
}

/** The chosen model stands first in the list from now on, or no more. */
export function StarButton({ model, isFavourite, disabled, onChange }: StarButtonProps): ReactElement {
  return (
    <button
      type="button"
      className={`link aside ${styles['beside']} ${styles['star']}`}
      aria-pressed={isFavourite}
      aria-label={`Keep ${model} among the favourites`}
      title={isFavourite ? 'Among the favourites' : 'Keep among the favourites'}
      disabled={disabled}
      onClick={() => onChange(!isFavourite)}
    >
      <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d="M8 1.8l1.9 4 4.3.6-3.1 3 .7 4.3L8 11.7l-3.8 2 .7-4.3-3.1-3 4.3-.6z" />
      </svg>
    </button>
  );
}
