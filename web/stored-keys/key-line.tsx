import { type ReactElement, useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { StoredKey, StoredKeyTest } from '../../shared/contract/vault/stored-key.ts';
import { useAccountAct } from '../account/use-account-act.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { KeyIcon } from '../ui/icons.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { type KeyAct, KeyDialog } from './key-dialog.tsx';
import { ageWarning, historyInWords, keyInWords } from './key-words.ts';
import styles from './stored-keys.module.css';
import { storedKeysQuery, testKey } from './stored-keys-api.ts';

interface KeyLineProps {
  readonly info: StoredKey;
  /** The provider's name. */
  readonly provider: string;
  readonly canManage: boolean;
  readonly overlapHours: number;
}

/** One stored key: what may be known of it, and what can be done with it. */
export function KeyLine({ info, provider, canManage, overlapHours }: KeyLineProps): ReactElement {
  const { name, site, isDefault, state, id } = info;
  const [asked, setAsked] = useState<KeyAct>();
  const [, navigate] = useLocation();
  const [tested, setTested] = useState<StoredKeyTest>();
  const { busy, failure, run } = useAccountAct('to change stored keys', storedKeysQuery.queryKey);
  const test = (): void => {
    setTested(undefined);
    void run(async () => setTested(await testKey(id)));
  };
  const item = (label: string, act: KeyAct, bad = false): MenuItem => ({
    ...{ label, onSelect: () => setAsked(act) },
    ...(bad && { tone: 'bad' as const }),
  });
  const age = ageWarning(info);
  const isUsable = state === 'active' || state === 'previous';
  return (
    <li className={styles['line']}>
      <div>
        <p>
          {name}{' '}
          <span className={`mono ${styles['of-key']}`}>
            <KeyIcon size={14} /> {keyInWords(info)}
          </span>{' '}
          {isDefault && <span className="tag ok">default</span>}
          {age && <span className={`tag ${age.tone}`}>{age.text}</span>}
        </p>
        <p className="small soft num">
          {provider}
          {site !== '' && ` (${site})`} · {historyInWords(info)}
        </p>
        {tested && <Tested test={tested} />}
        {failure && <FailureNote failure={failure} />}
      </div>
      {canManage && state === 'destroyed' && (
        <Link className="small" href={`/settings/keys/${id}/leak`} aria-label={`It leaked…: ${name}`}>
          It leaked…
        </Link>
      )}
      {canManage && state !== 'destroyed' && (
        <span className="row actions">
          {isUsable && (
            <button
              type="button"
              className="plain"
              aria-label={`Test ${name}`}
              aria-disabled={busy}
              onClick={test}
            >
              {busy ? 'Testing…' : 'Test'}
            </button>
          )}
          <Menu
            label={`More for ${name}`}
            items={[
              ...(isUsable && !isDefault ? [item('Make default', 'default')] : []),
              ...(state === 'retiring' ? [] : [item('Remove', 'remove')]),
              item('Revoke now', 'revoke', true),
              { label: 'It leaked…', onSelect: () => navigate(`/settings/keys/${id}/leak`), tone: 'bad' },
            ]}
          >
            More
          </Menu>
        </span>
      )}
      {asked && (
        <KeyDialog {...{ act: asked, info, provider, overlapHours }} onClose={() => setAsked(undefined)} />
      )}
    </li>
  );
}

/** What one call on it showed. */
function Tested({ test }: { readonly test: StoredKeyTest }): ReactElement {
  const { verdict, message, model, origin, said } = test;
  const tone = verdict === 'works' ? 'good' : 'bad';
  return (
    <p className={`small ${tone}`} role="status">
      {message} {said} Asked: <span className="mono">{model}</span> at <span className="mono">{origin}</span>.{' '}
      <Link href="/settings/audit?action=vault.key-test">Audit entry</Link>
    </p>
  );
}
