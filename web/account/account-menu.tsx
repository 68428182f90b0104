import { useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { failureOf } from '../http/call.ts';
import { ChevronIcon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { useToast } from '../ui/toast.tsx';
import { useAskSignIn } from './sign-in-region.tsx';
import { useHandle } from './use-handle.ts';
import './account-menu.css';

/** The header's end: who is signed in and what is theirs, or "Sign in". Its place is kept until that is known. */
export function AccountMenu(): ReactElement {
  const handle = useHandle();
  const ask = useAskSignIn();
  const client = useQueryClient();
  const toast = useToast();

  const leave = async (): Promise<void> => {
    try {
      const { signOut } = await import('./account-api.ts');
      await signOut(client);
      toast({ text: 'Signed out.' });
    } catch (error) {
      toast({ text: failureOf(error).message });
    }
  };

  if (!handle) {
    return (
      <span className="account">
        {handle === null && (
          <button type="button" className="plain" onClick={() => void ask()}>
            Sign in
          </button>
        )}
      </span>
    );
  }
  return (
    <span className="account">
      <Menu
        className="handle"
        items={[
          { label: 'My plans', href: '/me/plans' },
          { label: 'Settings', href: '/settings' },
          { label: 'Audit log', href: '/settings/audit' },
          { label: 'Sign out', onSelect: () => void leave() },
        ]}
      >
        <span className="hidden">Account </span>
        <span className="handle-name">{handle}</span>
        <ChevronIcon />
      </Menu>
    </span>
  );
}
