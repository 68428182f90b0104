import { createHash } from 'node:crypto';
import type { AuditAction, AuditOutcome } from '../../shared/contract/audit.ts';

/**
 * The form of the audit log that can be checked: each workspace's entries count up from 1, and each entry's hash covers the one
 * before it. No I/O, no clock.
 */

export interface AuditFacts {
  readonly workspaceId: string;
  readonly seq: number;
  readonly at: Date;
  readonly actorId: string | null;
  readonly handle: string | null;
  readonly action: string;
  readonly outcome: string;
  readonly subject: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly requestId: string | null;
  /** JSON, kept as the characters that were hashed. */
  readonly detail: string;
}

/** What else there is to say of an act, flat. */
export type AuditDetail = Readonly<Record<string, string | number | boolean | null>>;

/** An act as the caller reports it. It never has a key, a prompt or an output in it. */
export interface AuditEvent {
  readonly workspaceId: string;
  readonly actorId: string | null;
  readonly handle: string | null;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly subject?: string | null;
  readonly provider?: string | null;
  readonly model?: string | null;
  readonly requestId?: string | null;
  readonly detail?: AuditDetail;
}

/** The hash that stands for the entry before a workspace's first. */
export const GENESIS: Buffer = Buffer.alloc(32);

const MAX_TEXT_CHARS = 200;

/** Of an entry, over the one before it. */
export function hashOf(previous: Buffer, facts: AuditFacts): Buffer {
  // An array has a fixed order. The 1 is the version of this form.
  const canonical = JSON.stringify([
    ...[
      1,
      facts.workspaceId,
      facts.seq,
      facts.at.toISOString(),
      facts.actorId,
      facts.handle,
      facts.action,
      facts.outcome,
    ],
    ...[facts.subject, facts.provider, facts.model, facts.requestId, facts.detail],
  ]);
  return createHash('sha256').update(previous).update(canonical).digest();
}

/** The entry that an act becomes, at its place in the workspace's log. */
export function eventToFacts(event: AuditEvent, seq: number, at: Date): AuditFacts {
  const cut = (text: string | null | undefined): string | null => text?.slice(0, MAX_TEXT_CHARS) ?? null;
  return {
    workspaceId: event.workspaceId,
    seq,
    at,
    actorId: event.actorId,
    handle: event.handle,
    action: event.action,
    outcome: event.outcome,
    subject: cut(event.subject),
    provider: cut(event.provider),
    model: cut(event.model),
    requestId: cut(event.requestId),
    detail: JSON.stringify(event.detail ?? {}),
  };
}
