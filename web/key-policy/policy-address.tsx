import type { ReactElement } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import styles from './key-policy.module.css';

/** For owners to hand on: where the signed policy is, and how it is checked. */
export function PolicyAddress({ address }: { readonly address: string }): ReactElement {
  const url = location.origin + address;
  const command = `npm run verify -- ${url}`;
  return (
    <div className={styles['address']}>
      <p className="small soft">
        For a security team, to check from outside. Whoever has this address reads the workspace’s name in
        addresses, the state of the policy and how many keys are stored; it stays the same.
      </p>
      <p className={`mono small ${styles['command']}`}>{command}</p>
      <span className="row">
        <CopyButton text={() => url} label="Copy address" />
        <CopyButton text={() => command} label="Copy command" />
      </span>
    </div>
  );
}
