import type { ProviderKey } from '../keys/provider-key.ts';
import { areFacts } from './format/key-facts.ts';
import { openKey } from './format/sealed-key.ts';
import type { KeyRow } from './key-locks.ts';
import { bindingOf, factsOf } from './key-store.ts';
import type { VaultParts } from './vault-parts.ts';

/** The key of a row, for the caller to wipe; undefined: it does not open, which is written to the log. Throws `VaultSealed`. */
export async function openStored(
  row: KeyRow,
  { secrets, log }: Pick<VaultParts, 'secrets' | 'log'>,
): Promise<ProviderKey | undefined> {
  return secrets.withSecret(row.workspace_id, async (secret) => openBy(row, secret, log));
}

/** The same where the workspace's secret is at hand. */
export function openBy(row: KeyRow, secret: Buffer, log: VaultParts['log']): ProviderKey | undefined {
  if (row.sealed === null) return undefined;
  if (!areFacts(row.facts_mac, factsOf(row), secret)) {
    log.error('a stored key does not open', { key: row.id, fault: 'other_facts' });
    return undefined;
  }
  const opened = openKey(row.sealed, secret, bindingOf(row));
  if (opened.ok) return opened.key;
  log.error('a stored key does not open', { key: row.id, fault: opened.fault });
  return undefined;
}
