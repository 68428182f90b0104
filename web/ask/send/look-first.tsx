import type { ReactElement } from 'react';
import styles from './look-first.module.css';
import { rememberRightAway, useRightAway } from './right-away.ts';

/** The way back for those who once chose to have plans drafted right away. */
export function LookFirst({ disabled }: { readonly disabled: boolean }): ReactElement {
  const rightAway = useRightAway();
  return (
    <label className={`small ${styles['look-first']}`}>
      <input
        type="checkbox"
        checked={!rightAway}
        disabled={disabled}
        onChange={({ target }) => rememberRightAway(!target.checked)}
      />
      Let me look at the plan before it is drafted
    </label>
  );
}
