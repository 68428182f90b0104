import * as z from 'zod/mini';
import { promptForKey } from '../../server/cli/key-prompt.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { serverConfig } from '../../shared/contract/server-config.ts';

export interface KeyWish {
  readonly server: string;
  readonly provider: string;
  /** The name of the environment variable that holds it. */
  readonly keyEnv: string | undefined;
}

/**
 * The key of a live run, once for all goals: out of a variable, a pipe or a prompt without echo, never out of an argument, and never
 * printed. Empty for a provider that takes none. The variable is taken out of the environment, so that no program started here gets it.
 */
export async function readLiveKey({ server, provider, keyEnv }: KeyWish): Promise<string> {
  const response = await fetch(new URL(ROUTES.config, server), { redirect: 'error' });
  const { providers } = z.parse(serverConfig, await response.json());
  const info = providers.find(({ id }) => id === provider);
  if (info?.key === 'none') return '';
  if (keyEnv === undefined)
    return (await promptForKey(process.stdin, process.stderr, info?.name ?? provider))();
  const key = process.env[keyEnv] ?? '';
  delete process.env[keyEnv];
  if (key === '') throw new Error(`The environment has no ${keyEnv}, or it is empty.`);
  return key;
}
