import type { AuditDetail, AuditEvent } from '../../audit/audit-chain.ts';
import type { PayableJob } from '../../hosted/payer.ts';

/** An event of a run, in the name of whoever asked for it; its subject is the run. */
export function jobToEvent(
  { id, owner, handle, provider, model, requestId, attempt }: PayableJob,
  what: Pick<AuditEvent, 'action' | 'outcome'>,
  detail: AuditDetail,
): AuditEvent {
  const { workspaceId, userId } = owner;
  return {
    ...{ workspaceId, actorId: userId, handle, subject: id, provider, model, requestId },
    ...what,
    detail: { for: 'run', attempt, ...detail },
  };
}
