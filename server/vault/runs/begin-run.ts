import type { Failure } from '../../../shared/contract/failure.ts';
import type { PayableJob } from '../../hosted/payer.ts';
import { holdsKey } from '../../keys/holds-key.ts';
import type { ProviderKey } from '../../keys/provider-key.ts';
import { whileAway } from '../../storage/while-away.ts';
import type { KeyRow } from '../key-locks.ts';
import { finishRun, type Started, startRun } from '../key-states.ts';
import { stateNow } from '../key-store.ts';
import { openBy } from '../open-stored.ts';
import { VaultSealed } from '../roots/root.ts';
import { VAULT_FAULTS } from '../vault-answers.ts';
import type { VaultParts } from '../vault-parts.ts';
import { callsSecret } from './call-chain.ts';
import { type ChainState, chainFacts } from './call-journal.ts';
import { jobToEvent } from './job-to-event.ts';
import { findTicket } from './ticket-store.ts';

/** A key in memory, for one attempt at a run, and what its calls are signed by; whoever holds this wipes both. */
export interface BegunRun {
  readonly row: KeyRow;
  readonly key: ProviderKey;
  readonly macSecret: Buffer;
  readonly chain: ChainState;
}

export type Begun =
  | { readonly ok: true; readonly value: BegunRun }
  | { readonly ok: false; readonly failure: Failure };

type BeginParts = Pick<VaultParts, 'db' | 'audit' | 'secrets' | 'maxAgeDays' | 'log'>;

/**
 * Ticket, lease and audit entry first, then the key: what cannot be written down is not opened, and every refusal is written down too. The
 * root is asked once.
 */
export async function beginRun(job: PayableJob, worker: string, parts: BeginParts): Promise<Begun> {
  try {
    const begun = await parts.secrets.withSecret(job.owner.workspaceId, (secret, { generation }) =>
      begin(job, worker, { ...parts, secret, generation }),
    );
    return begun ?? (await refuse(job, 'gone', parts));
  } catch (error) {
    if (!(error instanceof VaultSealed)) throw error;
    parts.log.error('the vault is sealed', { repair: error.message });
    return refuse(job, 'sealed', parts);
  }
}

async function begin(
  job: PayableJob,
  worker: string,
  parts: BeginParts & { readonly secret: Buffer; readonly generation: number },
): Promise<Begun> {
  const { secret, generation, audit, maxAgeDays, log } = parts;
  const genesis = await whileAway(() => findTicket(job, secret, parts));
  if (genesis === undefined) return refuse(job, 'noTicket', parts);
  const run = {
    ...{ job: job.id, attempt: job.attempt, worker, workspaceId: job.owner.workspaceId },
    ...{ provider: job.provider, site: job.site ?? '', genesis },
  };
  const started = await whileAway(() =>
    audit.transact(async (trx, record): Promise<Started> => {
      const result = await startRun(trx, run, maxAgeDays);
      const why = result.ok ? { ...keyFacts(result.key), ...chainFacts(result) } : { why: result.why };
      await record(jobToEvent(job, { action: 'vault.key-open', outcome: result.ok ? 'ok' : 'refused' }, why));
      return result;
    }),
  );
  if (!started.ok) return { ok: false, failure: VAULT_FAULTS[started.why] };
  const key = openBy(started.key, secret, log);
  // a text goes into prompts, and what comes of it is kept
  const isInText = key !== undefined && holdsKey(key, JSON.stringify(job.request));
  if (key !== undefined && !isInText) {
    const macSecret = callsSecret(secret, job.owner.workspaceId, generation);
    return { ok: true, value: { row: started.key, key, macSecret, chain: started } };
  }
  key?.wipe();
  const why = isInText ? 'stands in the request' : 'cannot be opened';
  await whileAway(() =>
    audit.transact(async (trx, record) => {
      await finishRun(trx, run, why);
      const detail = { ...keyFacts(started.key), ...chainFacts(started), why };
      const keyState = await stateNow(trx, started.key.id);
      await record(
        jobToEvent(job, { action: 'vault.key-close', outcome: 'failed' }, { ...detail, keyState }),
      );
    }),
  );
  return { ok: false, failure: isInText ? VAULT_FAULTS.inRequest : VAULT_FAULTS.unopened };
}

async function refuse(
  job: PayableJob,
  why: 'gone' | 'sealed' | 'noTicket',
  { audit }: Pick<VaultParts, 'audit'>,
): Promise<Begun> {
  await whileAway(() =>
    audit.write(jobToEvent(job, { action: 'vault.key-open', outcome: 'refused' }, { why })),
  );
  return { ok: false, failure: VAULT_FAULTS[why] };
}

/** How the audit log names a key, and why it was that one. */
export function keyFacts({ id, name, last4 }: KeyRow) {
  return { key: id, name, lastFour: last4, scope: 'workspace', why: 'default of the workspace' } as const;
}
