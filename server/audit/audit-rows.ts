import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import type { AuditEntry } from '../../shared/contract/audit.ts';
import type { AuditFacts } from './audit-chain.ts';
import type { AuditEntriesTable } from './audit-tables.ts';

export type AuditRow = Selectable<AuditEntriesTable>;

const detailShape = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export function rowToFacts(row: AuditRow): AuditFacts {
  return {
    workspaceId: row.workspace_id,
    seq: row.seq,
    at: row.at,
    actorId: row.actor_id,
    handle: row.handle,
    action: row.action,
    outcome: row.outcome,
    subject: row.subject,
    provider: row.provider,
    model: row.model,
    requestId: row.request_id,
    detail: row.detail,
  };
}

export function factsToRow(facts: AuditFacts, previous: Buffer, hash: Buffer): AuditRow {
  return {
    workspace_id: facts.workspaceId,
    seq: facts.seq,
    at: facts.at,
    actor_id: facts.actorId,
    handle: facts.handle,
    action: facts.action,
    outcome: facts.outcome,
    subject: facts.subject,
    provider: facts.provider,
    model: facts.model,
    request_id: facts.requestId,
    detail: facts.detail,
    previous,
    hash,
  };
}

export function rowToEntry(row: AuditRow): AuditEntry {
  const { workspaceId: _, actorId: __, at, detail, ...shown } = rowToFacts(row);
  return { ...shown, at: at.toISOString(), detail: readDetail(detail), hash: row.hash.toString('hex') };
}

/** A row that somebody changed by hand is still shown. Verifying is what finds it. */
function readDetail(text: string): AuditEntry['detail'] {
  try {
    const parsed = detailShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
