import type { Transaction } from 'kysely';
import type { Database } from '../storage/database.ts';
import { lockAllLiving, lockVault } from './key-locks.ts';
import { revoke } from './key-states.ts';

type Trx = Transaction<Database>;

/** A key whose ciphertext is gone, and how many runs went with it. */
export interface RevokedKey {
  readonly id: string;
  readonly runs: number;
}

/** The ciphertext of every key of the workspace goes, with the runs that are on them. */
export async function revokeAll(
  trx: Trx,
  workspaceId: string,
  why: 'paused' | 'policy',
): Promise<readonly RevokedKey[]> {
  await lockVault(trx, workspaceId);
  const keys: RevokedKey[] = [];
  for (const id of await lockAllLiving(trx, workspaceId)) keys.push({ id, runs: await revoke(trx, id, why) });
  return keys;
}

/** Revokes all that is stored, and lets nothing be stored until it is resumed. */
export async function pauseVault(trx: Trx, workspaceId: string): Promise<readonly RevokedKey[]> {
  await setState(trx, workspaceId, 'paused');
  return revokeAll(trx, workspaceId, 'paused');
}

/** What a paused workspace had stored is gone; keys can be added again. */
export async function resumeVault(trx: Trx, workspaceId: string): Promise<void> {
  await setState(trx, workspaceId, 'open');
}

async function setState(trx: Trx, workspaceId: string, state: 'open' | 'paused'): Promise<void> {
  const vault = trx.updateTable('vault_workspaces').set({ state });
  await vault.where('workspace_id', '=', workspaceId).execute();
}
