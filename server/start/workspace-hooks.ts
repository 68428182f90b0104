import { returnToOwners, type WorkspaceHook, type WorkspaceHooks } from '../accounts/workspace-life.ts';
import { recordRevoked } from '../vault/record-revoked.ts';
import { pauseVault, resumeVault } from '../vault/vault-states.ts';

const destroyKeys: WorkspaceHook = async (change) =>
  recordRevoked(change, await pauseVault(change.trx, change.by.workspaceId), 'paused');

/**
 * Stored keys are destroyed by a pause and before a deletion, also where the vault is off by now. Plans, runs and publications belong to
 * people: they go into the workspaces of their own.
 */
export const WORKSPACE_HOOKS: WorkspaceHooks = {
  onPause: [destroyKeys],
  onResume: [({ trx, by }) => resumeVault(trx, by.workspaceId)],
  beforeRemove: [
    destroyKeys,
    ...['intent_plans', 'intent_jobs', 'bundles', 'skill_versions'].map(returnToOwners),
  ],
};
