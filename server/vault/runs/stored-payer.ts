import type { Failure } from '../../../shared/contract/failure.ts';
import type { Admitted, PaidEnd, PayableJob, Payment, QueuedJob, StoredPayer } from '../../hosted/payer.ts';
import { openUpstream } from '../../keys/key-upstream.ts';
import { priceUsd } from '../../providers/prices.ts';
import { storageFields } from '../../storage/storage-error.ts';
import { whileAway } from '../../storage/while-away.ts';
import { finishRun } from '../key-states.ts';
import { stateNow } from '../key-store.ts';
import { VaultSealed } from '../roots/root.ts';
import { VAULT_FAULTS } from '../vault-answers.ts';
import type { VaultParts } from '../vault-parts.ts';
import { type BegunRun, beginRun, keyFacts } from './begin-run.ts';
import { type ChainState, chainFacts, createCallJournal } from './call-journal.ts';
import { jobToEvent } from './job-to-event.ts';
import { createKeyLimiters, type KeyLimiters } from './key-limiters.ts';
import type { LiveRuns } from './live-runs.ts';
import { quoteStored } from './quote.ts';
import { makeTicket } from './ticket-store.ts';
import { defaultKeys, toUsable, usedBy } from './usable-keys.ts';

/** `worker` names this process in the leases of runs. */
export interface StoredPayerParts extends VaultParts {
  readonly live: LiveRuns;
  readonly worker: string;
}

/** Who pays for hosted runs on stored keys. It knows no operator, and where there is no key it refuses. */
export function createStoredPayer(parts: StoredPayerParts): StoredPayer {
  const { db, vendorOf, originOf, maxAgeDays } = parts;
  const limiters = createKeyLimiters();
  return {
    usable: async ({ workspaceId }) =>
      (await defaultKeys(db, workspaceId, maxAgeDays)).filter(({ expired }) => !expired).map(toUsable),
    used: (job) => usedBy(db, job),
    quote: (owner, wanted) => quoteStored(owner, wanted, parts),
    admit: (job) => admit(job, parts),
    for: async (job) => {
      const vendor = vendorOf(job.provider);
      const origin = vendor && originOf(vendor, job.site);
      if (vendor === undefined || origin === undefined) return { ok: false, failure: PROVIDER_GONE };
      const begun = await beginRun(job, parts.worker, parts);
      if (!begun.ok) return begun;
      return { ok: true, value: pay(job, begun.value, { ...parts, limiters, vendor, origin }) };
    },
  };
}

const PROVIDER_GONE: Failure = {
  code: 'unavailable',
  message:
    'This server no longer knows the provider that this run was queued for. Start it again on another.',
};

async function admit(job: QueuedJob, parts: StoredPayerParts): Promise<Admitted> {
  try {
    const keep = await makeTicket(job, parts);
    return keep ? { ok: true, keep } : { ok: false, failure: VAULT_FAULTS.gone };
  } catch (error) {
    if (!(error instanceof VaultSealed)) throw error;
    parts.log.error('the vault is sealed', { repair: error.message });
    return { ok: false, failure: VAULT_FAULTS.sealed };
  }
}

interface PayParts extends StoredPayerParts, Pick<Payment['upstream'], 'vendor' | 'origin'> {
  readonly limiters: KeyLimiters;
}

/** The key is in memory from here until `close`, or until it is taken away. */
function pay(job: PayableJob, begun: BegunRun, parts: PayParts): Payment {
  const { vendor, origin, live } = parts;
  const { row, key, macSecret } = begun;
  const opened = openUpstream(key, vendor, origin, parts);
  const journal = createCallJournal({ ...parts, ...begun, origin, job });
  const line = parts.limiters.join(row.id);
  const wipe = (): void => {
    key.wipe();
    opened.close();
  };
  const taken = new AbortController();
  const watch = live.watch(job.id, (reason) => {
    // the run first: what it still reads may not pass by cleaners that know the key no more
    taken.abort(reason);
    wipe();
  });
  return {
    upstream: { ...opened.upstream, limiter: line.of, journal },
    priceUsd: (usage, answered) => priceUsd(vendor, job.model, usage, answered),
    charges: 'stored',
    taken: taken.signal,
    close: async (ended) => {
      watch.done();
      line.done();
      wipe();
      const chain = await journal.close();
      macSecret.fill(0);
      await giveBack(job, row, { ended, wasTaken: taken.signal.aborted, chain }, parts);
    },
  };
}

interface GivenBack {
  readonly ended: PaidEnd | undefined;
  readonly wasTaken: boolean;
  readonly chain: ChainState;
}

/** The lease's end and its audit entry. A database that stays away leaves the lease to the sweep, once the job is over. */
async function giveBack(
  job: PayableJob,
  row: BegunRun['row'],
  { ended, wasTaken, chain }: GivenBack,
  { audit, log }: StoredPayerParts,
): Promise<void> {
  const outcome = ended?.result.outcome ?? 'failed';
  const code = ended?.result.outcome === 'failed' ? ended.result.failure.code : null;
  const told = ended === undefined ? 'interrupted' : code === 'key_rejected' ? code : outcome;
  const costUsd = ended?.costUsd ?? null;
  const detail = { ...keyFacts(row), ended: told, code, costUsd, taken: wasTaken, ...chainFacts(chain) };
  try {
    await whileAway(() =>
      audit.transact(async (trx, record) => {
        await finishRun(trx, { job: job.id, attempt: job.attempt }, told);
        const as = outcome === 'done' ? 'ok' : outcome;
        const keyState = await stateNow(trx, row.id);
        await record(jobToEvent(job, { action: 'vault.key-close', outcome: as }, { ...detail, keyState }));
      }),
    );
  } catch (error) {
    log.error('a stored key was given back and not written down', { job: job.id, ...storageFields(error) });
  }
}
