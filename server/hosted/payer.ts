import type { Transaction } from 'kysely';
import type { HostedCredentials } from '../../shared/contract/credentials.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HostedOffer } from '../../shared/contract/server-config.ts';
import type { StoredOffer, StoredUse } from '../../shared/contract/vault/stored-use.ts';
import type { TokenUsage } from '../../shared/providers/formats/token-usage.ts';
import type { Upstream } from '../providers/upstream.ts';
import type { RunResult } from '../runs/run-compose.ts';
import type { Database } from '../storage/database.ts';

/**
 * Who pays for hosted runs. It is injected, so that nothing in `hosted/` knows a credential: the queue asks for a quote before a run
 * may wait, and the worker for a payment when the run starts. The operator is one payer, in `operator/`; stored keys are another, in
 * `vault/`.
 */
export interface Payer {
  /** What a run would be on, and what it may cost. A failure is for the person who asked for the run. */
  quote(owner: JobOwner, wanted: WantedRun): Promise<Quoted>;
  /** Asked with what is about to be queued, before the transaction that does it. */
  admit(job: QueuedJob): Promise<Admitted>;
  /** What the job runs on now. It may be refused: the payer may have changed since the job was queued. */
  for(job: PayableJob): Promise<Paid>;
}

/** The person and the workspace that a run belongs to. */
export interface JobOwner {
  readonly userId: string;
  readonly workspaceId: string;
}

/** What a payer must know to estimate a run. The goal itself is not passed, only its length in characters. */
export interface WantedRun {
  /** Undefined where the payer has chosen it. */
  readonly provider: string | undefined;
  readonly site: string | undefined;
  /** Undefined: whichever the payer offers first. */
  readonly model: string | undefined;
  readonly goalChars: number;
}

/** The answer to "what would it cost": it is stored with the job, and reserved in the budget. */
export interface Quote {
  readonly provider: string;
  readonly model: string;
  readonly credentials: HostedCredentials;
  /** USD that the run may cost at the most; kept from the day's budget until it ends. */
  readonly reserveUsd: number;
}

/** A job as a payer sees it. */
export interface QueuedJob {
  readonly id: string;
  readonly owner: JobOwner;
  readonly provider: string;
  readonly site: string | undefined;
  readonly model: string;
  /** What it was queued for. */
  readonly credentials: HostedCredentials;
  /** What is asked for, as JSON that its row keeps. */
  readonly request: unknown;
}

/** The same when an attempt begins, with what an audit log says of it. */
export interface PayableJob extends QueuedJob {
  readonly handle: string;
  /** Of the request that queued it. */
  readonly requestId: string | null;
  readonly attempt: number;
}

/** What the payer writes in the transaction that queues the job, or why it may not be queued. */
export type Admitted =
  | { readonly ok: true; readonly keep: (trx: Transaction<Database>) => Promise<void> }
  | { readonly ok: false; readonly failure: Failure };

/** A way to one provider, for the time of one attempt at a job. */
export interface Payment {
  readonly upstream: Upstream;
  /** USD; null: not known. `answered` is the model that the provider says it was. */
  priceUsd(usage: TokenUsage, answered: string | null): number | null;
  /** Whose credentials the provider charges. The worker refuses a payment that charges others than the job was queued for. */
  readonly charges: HostedCredentials;
  /** Aborted with a `RunAborted` once what pays is taken away; undefined: it never is. */
  readonly taken?: AbortSignal | undefined;
  /** Gives back what was opened for this attempt. Undefined: the attempt has no end, another may follow. Never rejects. */
  close(ended: PaidEnd | undefined): Promise<void>;
}

/** How an attempt ended, and the USD that it cost; null: not known. */
export interface PaidEnd {
  readonly result: RunResult;
  readonly costUsd: number | null;
}

/** A quote, or the failure that the user gets instead of a place in the queue. */
export type Quoted =
  | { readonly ok: true; readonly value: Quote }
  | { readonly ok: false; readonly failure: Failure };
/** A way to the provider, or the failure that the job ends with. */
export type Paid =
  | { readonly ok: true; readonly value: Payment }
  | { readonly ok: false; readonly failure: Failure };

/** The operator's payer, for jobs on their credentials or on none. */
export interface OperatorPayer extends Payer {
  /** What this person is offered to run on. */
  offer(owner: JobOwner): Promise<HostedOffer>;
}

/** The payer of jobs on stored keys. */
export interface StoredPayer extends Payer {
  /** What this person's runs would be on now. */
  usable(owner: JobOwner): Promise<readonly StoredOffer[]>;
  /** The key that a job is on or was on; undefined: it has not begun. */
  used(job: string): Promise<StoredUse | undefined>;
}

/** Those of one server. A job has the one of its credentials, and none ever stands in for the other. */
export interface Payers {
  readonly operator: OperatorPayer;
  /** Undefined: this process opens no stored keys. */
  readonly stored: StoredPayer | undefined;
}

/** Undefined: nobody here pays with such credentials. */
export function payerOf({ operator, stored }: Payers, credentials: HostedCredentials): Payer | undefined {
  switch (credentials) {
    case 'operator':
    case 'none':
      return operator;
    case 'stored':
      return stored;
  }
}
