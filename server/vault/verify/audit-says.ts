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
  /** The last state of each key that was ever added, in the words of `stateText`. */
  readonly keys: ReadonlyMap<string, string>;
  readonly runs: ReadonlyMap<string, readonly Anchor[]>;
}

export async function readAuditSays(db: Kysely<Database>, workspaceId: string): Promise<AuditSays> {
  const runs = new Map<string, Anchor[]>();
  const keys = new Map<string, string>();
  for (let after = 0; ; ) {
    const rows = await db
      .selectFrom('audit_entries')
      .select(['seq', 'subject', 'action', 'detail'])
      .where('workspace_id', '=', workspaceId)
      .where('seq', '>', after)
      .where('action', 'like', 'vault.key-%')
      .where('outcome', '!=', 'refused')
      .orderBy('seq')
      .limit(BATCH)
      .execute();
    for (const row of rows) {
      after = row.seq;
      const { subject, action } = row;
      const detail = readDetail(row.detail);
      const { key, attempt, calls, head, keyState, previous, previousState } = detail;
      const about = action === 'vault.key-close' ? key : subject;
      if (typeof keyState === 'string') keys.set(String(about), keyState);
      if (typeof previousState === 'string') keys.set(String(previous), previousState);
      // entries of tests of keys, of refusals, and from before calls were recorded have none
      if (subject === null || typeof calls !== 'number' || typeof head !== 'string') continue;
      const anchors = runs.get(subject) ?? [];
      runs.set(subject, anchors);
      const kind = action === 'vault.key-open' ? 'open' : 'close';
      anchors.push({ kind, key: String(key), attempt: Number(attempt), calls, head });
    }
    if (rows.length < BATCH) return { keys, runs };
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
