import type { ReactElement } from 'react';
import type { SigningKeyInfo } from '../../shared/contract/registry.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { formatDay, formatDayAndTime } from '../ui/dates.ts';
import styles from './settings.module.css';

interface SigningKeyLineProps {
  readonly info: SigningKeyInfo;
  /** Its private half is in this browser. */
  readonly isHere: boolean;
  readonly onRevoke: () => void;
}

export function SigningKeyLine({ info, isHere, onRevoke }: SigningKeyLineProps): ReactElement {
  const { name, keyId, createdAt, revokedAt, pem } = info;
  return (
    <li className={styles['key-line']}>
      <div>
        <p>
          {name} <span className="mono soft">{keyId.slice(0, 16)}</span>{' '}
          {isHere && <span className="tag ok">this browser</span>}{' '}
          {revokedAt !== null && <span className="tag bad">revoked</span>}
        </p>
        <p className="small soft num">
          since {day(createdAt)}
          {revokedAt !== null && ` · not to be believed from ${moment(revokedAt)}`}
        </p>
      </div>
      <span className="row actions">
        <CopyButton text={() => pem} label="Copy PEM" />
        {revokedAt === null && (
          <button type="button" className="plain" aria-label={`Revoke ${name}`} onClick={onRevoke}>
            Revoke
          </button>
        )}
      </span>
    </li>
  );
}

function day(iso: string): string {
  return formatDay(iso);
}

function moment(iso: string): string {
  return formatDayAndTime(iso);
}
