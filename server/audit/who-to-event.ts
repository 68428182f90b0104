import type { Context } from 'hono';
import type { WhoVariables } from '../access/who.ts';
import type { AuditEvent } from './audit-chain.ts';

/** An event by whoever asks in this request. */
export function whoToEvent(
  c: Context<WhoVariables>,
  what: Omit<AuditEvent, 'workspaceId' | 'actorId' | 'handle' | 'requestId'>,
): AuditEvent {
  const { who } = c.var;
  return {
    ...what,
    workspaceId: who.workspaceId,
    actorId: who.userId,
    handle: who.handle,
    requestId: c.var.requestId ?? null,
  };
}
