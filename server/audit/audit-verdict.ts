import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Database } from '../storage/database.ts';
import { HEAD_KEY } from './head-file.ts';
import { verifyAudit } from './verify-audit.ts';

/** What is said of the audit log at a terminal. */
export interface AuditWords {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/** Walks every workspace's chain, by the file of heads and the key that this folder has. */
export async function auditVerdict(db: Kysely<Database>, dataDir: string): Promise<AuditWords> {
  const headFile = process.env['AUDIT_HEAD_FILE'] ?? join(dataDir, 'audit-heads.log');
  const signer = publicKey(dataDir);
  const verdict = await verifyAudit(db, headFile, signer);
  const broken = (line: string): AuditWords => ({ ok: false, lines: [line] });
  if (!verdict.ok)
    return 'headLine' in verdict
      ? broken(
          `The entries are unbroken, but ${headFile} is not as it was written, at line ${verdict.headLine}: ${verdict.fault}.`,
        )
      : broken(
          `The audit log of workspace ${verdict.workspaceId} is broken at entry ${verdict.seq}: ${verdict.fault}.`,
        );
  const lines = [`${verdict.entries} audit entries of ${verdict.workspaces} workspaces: unbroken.`];
  if (!verdict.headFile)
    lines.push(`There is no ${headFile}, so a chain that was made anew as a whole would not show.`);
  else if (!signer)
    lines.push(`There is no ${HEAD_KEY} in ${dataDir}, so the signatures of ${headFile} were not checked.`);
  return { ok: true, lines };
}

/** Of the key that signs the lines; only the server that wrote them has it. */
function publicKey(dataDir: string): KeyObject | undefined {
  try {
    return createPublicKey(readFileSync(join(dataDir, HEAD_KEY)));
  } catch {
    return undefined;
  }
}
