import { returnToOwners, type WorkspaceHooks } from '../accounts/workspace-life.ts';
import { pauseVault, resumeVault } from '../vault/key-states.ts';

/**
 * Stored keys are destroyed by a pause and before a deletion, also where the vault is off by now. Plans, runs and publications belong to
 * people: they go into the workspaces of their own.
 */
export const WORKSPACE_HOOKS: WorkspaceHooks = {
  onPause: [pauseVault],
  onResume: [resumeVault],
  beforeRemove: [
    pauseVault,
    ...['intent_plans', 'intent_jobs', 'bundles', 'skill_versions'].map(returnToOwners),
  ],
};
