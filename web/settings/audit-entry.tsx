import type { ReactElement } from 'react';
import type { AuditEntry } from '../../shared/contract/audit.ts';
import { formatMoment } from '../ui/dates.ts';
import { ChevronIcon, KeyIcon } from '../ui/icons.tsx';
import styles from './audit.module.css';

const TONES: Readonly<Record<string, string>> = {
  ok: 'ok',
  failed: 'bad',
  cancelled: 'warn',
  refused: 'warn',
};

/** One entry: who did what, when, with which outcome; opened, the rest of what is written down. */
export function AuditEntryLine({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const { at, handle, action, outcome, provider, model, detail } = entry;
  return (
    <li>
      <details>
        <summary>
          <time className="num soft" dateTime={at}>
            {formatMoment(at)}
          </time>
          <span className={styles['who']}>{handle ?? 'nobody'}</span>
          <span className={`mono ${styles['action']}`} data-testid="audit-action">
            {action === 'compose.byo' && detail['credentials'] === 'user' && <KeyIcon size={14} />} {action}
          </span>
          <span className={`tag ${TONES[outcome] ?? ''}`}>{outcome}</span>
          <span className={`small soft ${styles['about']}`}>
            {[provider, model].filter(Boolean).join(' · ')}
          </span>
          <ChevronIcon />
        </summary>
        <dl>
          {factsOf(entry).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </li>
  );
}

function factsOf({
  seq,
  at,
  subject,
  requestId,
  detail,
  hash,
}: AuditEntry): readonly (readonly [string, string])[] {
  return [
    ['Entry', String(seq)],
    ['Time', at],
    ...(subject === null ? [] : [['About', subject] as const]),
    ...Object.entries(detail).flatMap(([name, value]) =>
      value === null ? [] : [[name, String(value)] as const],
    ),
    ...(requestId === null ? [] : [['Request', requestId] as const]),
    ['Hash', hash],
  ];
}
