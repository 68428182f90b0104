import type { Kysely, Selectable } from 'kysely';
import type { Database } from '../../storage/database.ts';
import { VaultSealed } from '../roots/root.ts';
import { callsSecret } from '../runs/call-chain.ts';
import type { VaultWorkspacesTable } from '../vault-tables.ts';
import type { WorkspaceSecrets } from '../workspace-secrets.ts';
import { readAuditSays } from './audit-says.ts';
import type { VaultFault } from './vault-fault.ts';
import { verifyKeys } from './verify-keys.ts';
import { verifyRuns } from './verify-runs.ts';

/** How much was looked at, and what was not as this server wrote it. */
export interface VaultVerdict {
  readonly workspaces: number;
  readonly keys: number;
  readonly runs: number;
  readonly calls: number;
  readonly faults: readonly VaultFault[];
}

/**
 * Looks at all that is stored: whether each workspace's secret and each key opens, and whether the records of calls are as they were signed
 * and as the audit log has them. Opens keys and wipes them; calls nobody. Needs the roots.
 */
export async function verifyVault(db: Kysely<Database>, secrets: WorkspaceSecrets): Promise<VaultVerdict> {
  const vaults = await db.selectFrom('vault_workspaces').selectAll().orderBy('workspace_id').execute();
  const total = { workspaces: vaults.length, keys: 0, runs: 0, calls: 0 };
  const faults: VaultFault[] = [];
  for (const vault of vaults) {
    const { workspace_id: workspaceId } = vault;
    try {
      await secrets.withSecret(workspaceId, async (secret) => {
        const found = await verifyWorkspace(db, vault, secret);
        for (const name of ['keys', 'runs', 'calls'] as const) total[name] += found[name];
        faults.push(...found.faults);
      });
    } catch (error) {
      if (!(error instanceof VaultSealed)) throw error;
      faults.push({ workspaceId, about: 'workspace', id: workspaceId, fault: error.message });
    }
  }
  return { ...total, faults };
}

async function verifyWorkspace(
  db: Kysely<Database>,
  { workspace_id: workspaceId, generation }: Selectable<VaultWorkspacesTable>,
  secret: Buffer,
): Promise<Omit<VaultVerdict, 'workspaces'>> {
  const says = await readAuditSays(db, workspaceId);
  const keys = await db
    .selectFrom('vault_keys')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id')
    .execute();
  const faults: VaultFault[] = verifyKeys(keys, says.keys, secret).map((fault) => ({
    ...{ workspaceId, about: 'key', ...fault },
  }));
  const macSecret = callsSecret(secret, workspaceId, generation);
  try {
    const { runs, calls, faults: bad } = await verifyRuns(db, workspaceId, says.runs, macSecret);
    faults.push(...bad.map((fault) => ({ workspaceId, about: 'run' as const, ...fault })));
    return { keys: keys.length, runs, calls, faults };
  } finally {
    macSecret.fill(0);
  }
}
