import type { Kysely } from 'kysely';
import type { Database } from '../../storage/database.ts';

const BATCH = 1000;

/** What the audit log has of a run on a stored key, whenever the key was opened for it or closed. */
export interface Anchor {
  readonly kind: 'open' | 'close';
  readonly key: string;
  readonly attempt: number;
  /** How long the chain of calls was then, and its last MAC in hex. */
  readonly calls: number;
  readonly head: string;
}

/** What a workspace's audit log says of its vault. Whether the log itself is whole is for `audit:verify` to say. */
export interface AuditSays {
  readonly runs: ReadonlyMap<string, readonly Anchor[]>;
}

export async function readAuditSays(db: Kysely<Database>, workspaceId: string): Promise<AuditSays> {
  const runs = new Map<string, Anchor[]>();
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('audit_entries')
      .select(['seq', 'subject', 'action', 'detail'])
      .where('workspace_id', '=', workspaceId)
      .where('seq', '>', after)
      .where('action', 'in', ['vault.key-open', 'vault.key-close'])
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      after = row.seq;
      const { subject, action } = row;
      const { key, attempt, calls, head } = readDetail(row.detail);
      // entries of tests of keys, of refusals, and from before calls were recorded have none
      if (subject === null || typeof calls !== 'number' || typeof head !== 'string') continue;
      const anchors = runs.get(subject) ?? [];
      runs.set(subject, anchors);
      const kind = action === 'vault.key-open' ? 'open' : 'close';
      anchors.push({ kind, key: String(key), attempt: Number(attempt), calls, head });
    }
    if (rows.length < BATCH) return { runs };
  }
}

/** Empty where somebody made it something else: that it was changed is for `audit:verify` to say. */
function readDetail(text: string): Readonly<Record<string, unknown>> {
  try {
    const detail: unknown = JSON.parse(text);
    return typeof detail === 'object' && detail !== null ? { ...detail } : {};
  } catch {
    return {};
  }
}
