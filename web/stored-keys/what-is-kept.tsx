import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { Section } from '../settings/section.tsx';
import styles from './stored-keys.module.css';

/** The honest limit, where people decide. */
export function WhatIsKept(): ReactElement {
  return (
    <Section title="What is kept, and what that means">
      <dl className={`small ${styles['kept']}`}>
        <dt>At rest</dt>
        <dd>
          The key, encrypted by AES-256-GCM with a data key of its own, which a secret of this workspace
          opens, which the server’s root opens. The root is in a file or with a key management system, never
          in the database.
        </dd>
        <dt>Readable</dt>
        <dd>Name, provider, site, model, last four characters, who added it and when. Members see these.</dd>
        <dt>Who can use it</dt>
        <dd>
          Whoever runs this server: root and database together open every key. Without the root nobody can.
          Each opening for a call is in the <Link href="/settings/audit?action=vault">audit log</Link> first.
        </dd>
        <dt>Removed</dt>
        <dd>
          The ciphertext goes at once, or with the last run on it. Backups have it until they are deleted.
          After a leak only the provider can end a key: revoke it there.
        </dd>
        <dt>Pasted keys</dt>
        <dd>
          Runs on a key that you paste on Compose never come here:{' '}
          <Link href="/key">what happens to that one</Link> is as it was, and nothing of it is stored.
        </dd>
      </dl>
    </Section>
  );
}
