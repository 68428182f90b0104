import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Kysely, sql } from 'kysely';
import { type Audit, createAudit } from '../../../server/audit/create-audit.ts';
import { HEAD_KEY } from '../../../server/audit/head-file.ts';
import { readConfig } from '../../../server/config/config.ts';
import type { PayableJob, StoredPayer } from '../../../server/hosted/payer.ts';
import { ProviderKey } from '../../../server/keys/provider-key.ts';
import { reachable } from '../../../server/start/reachable.ts';
import { startWorkerVault } from '../../../server/start/start-vault.ts';
import type { Database } from '../../../server/storage/database.ts';
import { signingKey } from '../../../server/storage/signing-key.ts';
import { startStorage } from '../../../server/storage/start-storage.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { signFacts } from '../../../server/vault/format/key-facts.ts';
import { sealKey } from '../../../server/vault/format/sealed-key.ts';
import { addKey, revokeKey } from '../../../server/vault/key-states.ts';
import { factsOf, stateNow, stateText } from '../../../server/vault/key-store.ts';
import { fileRoot } from '../../../server/vault/roots/file-root.ts';
import { WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';
import { makeCanary } from '../../leak/canary.ts';
import { makeRoot } from './tampering.ts';

/** Two workers' vaults over one database, each with connections of its own, as two processes have them; and a workspace for their runs. */
export interface TwoWorkers {
  readonly payers: readonly [StoredPayer, StoredPayer];
  readonly rootFile: string;
  readonly workspaceId: string;
  /** A new key, which is the default where there is none. */
  addKey(): Promise<string>;
  /** As the route does it. How many runs it stopped. */
  revoke(id: string): Promise<number | undefined>;
  /** A queued run with its ticket. */
  queue(): Promise<PayableJob>;
  stop(): Promise<void>;
}

const quiet = createLog('silent');

/** `url` is that of the database of `db`. */
export async function startTwoWorkers(db: Kysely<Database>, url: string): Promise<TwoWorkers> {
  const root = makeRoot();
  const owner = { userId: randomUUID(), workspaceId: randomUUID() };
  const { userId, workspaceId } = owner;
  await sql`insert into users (id, name, email, "emailVerified", handle, "createdAt", "updatedAt")
    values (${userId}, 'u', ${`${userId}@example.com`}, true, ${userId.slice(0, 8)}, now(), now())`.execute(
    db,
  );
  await sql`insert into workspaces (id, name, slug, "createdAt") values (${workspaceId}, 'w', ${workspaceId}, now())`.execute(
    db,
  );
  const workers = await Promise.all([1, 2].map((nth) => startOne(url, root, nth)));
  const [first, second] = workers;
  if (first === undefined || second === undefined) throw new Error('two were started');
  const secrets = new WorkspaceSecrets(db, [fileRoot('r1', root.file)]);

  return {
    payers: [first.payer, second.payer],
    rootFile: root.file,
    workspaceId,
    addKey: () => put(first.audit, secrets, owner),
    revoke: (id) =>
      second.audit.transact(async (trx, record) => {
        const runs = await revokeKey(trx, workspaceId, id);
        const detail = { runs: runs ?? 0, keyState: await stateNow(trx, id) };
        await record({
          ...{ workspaceId, actorId: userId, handle: 'u', action: 'vault.key-revoke', outcome: 'ok' },
          ...{ subject: id, detail },
        });
        return runs;
      }),
    queue: () => queue(db, first.payer, owner),
    stop: async () => {
      for (const worker of workers) await worker.stop();
      root.remove();
    },
  };
}

type Owner = PayableJob['owner'];

async function startOne(url: string, root: ReturnType<typeof makeRoot>, nth: number) {
  const own = await startStorage({
    ...{ databaseUrl: url, dataDir: root.folder, log: quiet, connectMs: 240_000 },
  });
  const audit = createAudit({
    db: own.db,
    headFile: join(root.folder, `heads-${nth}.log`),
    headKey: signingKey(root.folder, HEAD_KEY),
    log: quiet,
  });
  const config = readConfig({ DATA_DIR: join(root.folder, 'data'), VAULT: 'on', VAULT_ROOTS: root.setting });
  const reached = reachable(config, 'http://127.0.0.1:1');
  const vault = startWorkerVault({ ...reached, config, storage: own, audit, log: quiet });
  if (vault === undefined) throw new Error('VAULT is on');
  return {
    audit,
    payer: vault.payer,
    stop: async () => {
      await vault.stop();
      await audit.stop();
      await own.stop();
    },
  };
}

async function put(audit: Audit, secrets: WorkspaceSecrets, { userId, workspaceId }: Owner): Promise<string> {
  const key = new ProviderKey(Buffer.from(makeCanary().key));
  const facts = {
    ...{ id: randomUUID(), workspace_id: workspaceId, provider: 'anthropic', site: '', scope: 'workspace' },
    ...{ scope_id: '', name: 'one', last4: 'abcd', owner_id: userId, owner_handle: 'u', model: 'sandbox' },
    ...{ version: 1, generation: 1, added_at: new Date(), previous_until: null, ended_at: null },
    ...{ ended_why: null, last_used_at: null, last_outcome: null },
  };
  const signed = factsOf({ ...facts, state: 'active', is_default: false, sealed: null });
  return secrets.withSecretMade(workspaceId, (secret) =>
    audit.transact(async (trx, record) => {
      const sealed = sealKey(key, secret, signed);
      const row = await addKey(trx, { ...facts, sealed, facts_mac: signFacts(signed, secret) });
      await record({
        ...{ workspaceId, actorId: userId, handle: 'u', action: 'vault.key-add', outcome: 'ok' },
        ...{ subject: row.id, detail: { keyState: stateText(row) } },
      });
      return row.id;
    }),
  );
}

async function queue(db: Kysely<Database>, payer: StoredPayer, owner: Owner): Promise<PayableJob> {
  const job: PayableJob = {
    ...{ id: randomUUID(), owner, provider: 'anthropic', site: undefined, model: 'sandbox' },
    ...{ credentials: 'stored', request: { goal: 'g' }, handle: 'u', requestId: null, attempt: 1 },
  };
  const admitted = await payer.admit(job);
  if (!admitted.ok) throw new Error(admitted.failure.message);
  await db.transaction().execute(async (trx) => {
    await sql`insert into intent_jobs (id, owner_id, workspace_id, handle, request, provider, model, credentials, state, budget_day,
      reserved_micros, usage) values (${job.id}, ${owner.userId}, ${owner.workspaceId}, 'u', ${JSON.stringify(job.request)}::jsonb,
      'anthropic', 'sandbox', 'stored', 'queued', '2026-11-28', 0, '{}')`.execute(trx);
    await admitted.keep(trx);
  });
  return job;
}
