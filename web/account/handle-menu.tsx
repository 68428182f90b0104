import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { failureOf } from '../http/call.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { signOut } from './account-api.ts';
import styles from './account-menu.module.css';

/** Who is signed in, and what is theirs. */
export function HandleMenu({ handle }: { readonly handle: string }): ReactElement {
  const client = useQueryClient();
  const toast = useToast();
  const leave = async (): Promise<void> => {
    try {
      await signOut(client);
      toast({ text: 'Signed out.' });
    } catch (error) {
      toast({ text: failureOf(error).message });
    }
  };
  return (
    <Menu
      className={styles['handle']}
      items={[
        { label: 'My plans', href: '/me/plans' },
        { label: 'Settings', href: '/settings' },
        { label: 'Workspaces', href: '/settings/workspaces' },
        { label: 'Audit log', href: '/settings/audit' },
        { label: 'Sign out', onSelect: () => void leave() },
      ]}
    >
      <span className="hidden">Account </span>
      <span className={styles['handle-name']}>{handle}</span>
      <ChevronIcon />
    </Menu>
  );
}
