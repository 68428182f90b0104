import type { ReactElement } from 'react';
import { type CapInput, capsOf } from './cap.ts';
import styles from './cap-field.module.css';

export const CAP_ID = 'cap';

interface CapFieldProps {
  readonly cap: CapInput;
  readonly onCap: (cap: CapInput) => void;
  /** Another unit was chosen. */
  readonly onUnit: (unit: CapInput['unit']) => void;
  readonly disabled: boolean;
}

/** The spending limit as a number with its unit, or none. An invalid number is marked and never sent. */
export function CapField({ cap, onCap, onUnit, disabled }: CapFieldProps): ReactElement {
  return (
    <div className={`small ${styles['cap']}`}>
      <label htmlFor={CAP_ID}>Stop at</label>
      <input
        id={CAP_ID}
        className={`num ${styles['cap-field']} ${styles['cap-amount']}`}
        inputMode="decimal"
        placeholder="no cap"
        value={cap.text}
        disabled={disabled}
        aria-invalid={capsOf(cap) === undefined}
        autoComplete="off"
        onChange={(event) => {
          const { value: text } = event.currentTarget;
          onCap({ text, unit: cap.unit === 'none' ? 'usd' : cap.unit });
        }}
      />
      {/* as: the options below are the only values */}
      <select
        className={`${styles['cap-field']} ${styles['cap-unit']}`}
        aria-label="Unit of the cap"
        value={cap.unit}
        disabled={disabled}
        onChange={(event) => onUnit(event.currentTarget.value as CapInput['unit'])}
      >
        <option value="usd">USD</option>
        <option value="tokens">tokens</option>
        <option value="none">no cap</option>
      </select>
    </div>
  );
}
