import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { Mine } from '../account/mine.tsx';
import { useServerConfig } from '../config/server-config.ts';
import { AccountSection } from './account-section.tsx';
import { DeleteSection } from './delete-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import styles from './settings.module.css';
import { TokensSection } from './tokens-section.tsx';

/** The page `/settings`: sessions, password, API tokens and the account. */
export function SettingsPage(): ReactElement {
  const { data } = useServerConfig();
  return (
    <Mine title="Settings" what="Sessions, password, API tokens and your account. Sign in to change them.">
      <div className={`page ${styles['settings']}`}>
        <div className="row titled">
          <h1>Settings</h1>
          <span className="row aside">
            <Link href="/settings/workspaces">Workspaces</Link>
            {data?.config.vault && <Link href="/settings/keys">Stored keys</Link>}
            <Link href="/settings/signing-keys">Signing keys</Link>
            <Link href="/settings/audit">Audit log</Link>
          </span>
        </div>
        <AccountSection />
        <SessionsSection />
        <TokensSection />
        <PasswordSection />
        <DeleteSection />
      </div>
    </Mine>
  );
}
