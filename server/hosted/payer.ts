import type { HostedCredentials } from '../../shared/contract/credentials.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { HostedOffer } from '../../shared/contract/server-config.ts';
import type { TokenUsage } from '../../shared/providers/formats/token-usage.ts';
import type { Upstream } from '../providers/upstream.ts';

/**
 * Who pays for hosted runs. It is injected, so that nothing in `hosted/` knows a credential: the queue asks for a quote before a run
 * may wait, and the worker for a payment when the run starts. The operator is one payer, in `operator/`.
 */
export interface Payer {
  /** What this person is offered to run on. */
  offer(owner: JobOwner): Promise<HostedOffer>;
  /** What a run would be on, and what it may cost. A failure is for the person who asked for the run. */
  quote(owner: JobOwner, wanted: WantedRun): Promise<Quoted>;
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

/** A job as a payer sees it when an attempt begins. */
export interface PayableJob {
  readonly id: string;
  readonly owner: JobOwner;
  readonly provider: string;
  readonly model: string;
}

/** A way to one provider, for the time of one attempt at a job. */
export interface Payment {
  readonly upstream: Upstream;
  /** USD; null: not known. `answered` is the model that the provider says it was. */
  priceUsd(usage: TokenUsage, answered: string | null): number | null;
  /** Whose credentials the provider charges. The worker refuses a payment that charges others than the job was queued for. */
  readonly charges: HostedCredentials;
  /** Gives back what was opened for this attempt. Never throws. */
  close(): void;
}

/** A quote, or the failure that the user gets instead of a place in the queue. */
export type Quoted =
  | { readonly ok: true; readonly value: Quote }
  | { readonly ok: false; readonly failure: Failure };
/** A way to the provider, or the failure that the job ends with. */
export type Paid =
  | { readonly ok: true; readonly value: Payment }
  | { readonly ok: false; readonly failure: Failure };
