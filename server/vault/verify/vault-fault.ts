/** The first thing of a workspace's vault that is not as this server wrote it. The sentence is for the operator and holds no secret. */
export interface VaultFault {
  readonly workspaceId: string;
  readonly about: 'workspace' | 'key' | 'run';
  /** Of the key or run; the workspace's own where it is about that. */
  readonly id: string;
  /** Of a run's records, from 1. */
  readonly record?: number;
  readonly fault: string;
}
