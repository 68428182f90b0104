import type { QueryClient } from '@tanstack/react-query';
import { setMe } from '../config/server-config.ts';
import { ACCOUNT_KEY } from './account-key.ts';

/** Nobody is signed in any more, and nothing of theirs stays in this page's memory. */
export function forgetAccount(client: QueryClient): void {
  setMe(client, null);
  client.removeQueries({ queryKey: ACCOUNT_KEY });
}
