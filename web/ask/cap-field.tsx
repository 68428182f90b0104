import type { ReactElement } from 'react';
import type { Caps } from '../../shared/contract/run-request.ts';
import styles from './cap-field.module.css';

export const CAP_ID = 'cap';

/** The cap as typed: an empty `text` is no cap. */
export interface CapInput {
  readonly text: string;
  readonly unit: 'usd' | 'tokens';
}
export const NO_CAP: CapInput = { text: '', unit: 'usd' };

interface CapFieldProps {
  readonly cap: CapInput;
  readonly onCap: (cap: CapInput) => void;
  readonly disabled: boolean;
}

export function CapField({ cap, onCap, disabled }: CapFieldProps): ReactElement {
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
        onChange={(event) => onCap({ ...cap, text: event.currentTarget.value })}
      />
      {/* as: the two options below are the only values */}
      <select
        className={`${styles['cap-field']} ${styles['cap-unit']}`}
        aria-label="Unit of the cap"
        value={cap.unit}
        disabled={disabled}
        onChange={(event) => onCap({ ...cap, unit: event.currentTarget.value as CapInput['unit'] })}
      >
        <option value="usd">USD</option>
        <option value="tokens">tokens</option>
      </select>
    </div>
  );
}

/** `{}` for no cap; undefined when what was typed is no cap that the contract takes. */
export function capsOf({ text, unit }: CapInput): Caps | undefined {
  const plain = text.replaceAll(/[\s_$]/g, '').replace(',', unit === 'usd' ? '.' : '');
  if (plain === '') return {};
  const value = Number(plain);
  if (unit === 'usd') return value > 0 && value <= 1000 ? { costUsd: value } : undefined;
  return Number.isInteger(value) && value > 0 && value <= 100_000_000 ? { tokens: value } : undefined;
}
