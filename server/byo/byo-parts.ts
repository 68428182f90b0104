import type { Credentials } from '../../shared/contract/credentials.ts';
import type { RunRequest } from '../../shared/contract/run-request.ts';
import type { RunOutcome } from '../../shared/contract/saved-plan.ts';
import type { UpstreamParts } from '../keys/key-upstream.ts';
import type { CallLimits } from '../providers/call-limits.ts';
import type { Receipts } from '../receipts/receipt-store.ts';
import type { RunLedger } from '../receipts/run-ledger.ts';
import type { ServerSigner } from '../receipts/server-signer.ts';
import type { EventStream } from '../runs/event-stream.ts';
import type { SkillCatalog } from '../runs/skill-catalog.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { AdmitParts, Admitted, ByoContext } from './admit.ts';
import type { ReviewDesk } from './reviews.ts';

/** The head waits this long for the first upstream head, so that a rejected key or a rate limit is a real status. */
export const HEAD_WAIT_MS = 1000;

/** What both BYO routes work with. None of it reaches a database but through `audit`, which takes what is to be written down. */
export interface ByoParts extends AdmitParts, UpstreamParts {
  readonly build: string;
  readonly catalog: SkillCatalog;
  readonly limits: CallLimits;
  readonly heartbeatMs: number;
  readonly headWaitMs: number;
  /** Plans that wait for their users. */
  readonly reviews: ReviewDesk;
  readonly receipts: Receipts;
  readonly signer: ServerSigner;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Runs under way, to be ended when the server stops. */
  readonly running: Set<AbortController>;
  /** Adds the run to a signed-in user's audit log, and whether a user's key was used; how many entries that were. */
  readonly audit: (c: ByoContext, entry: ByoAuditEntry) => Promise<number>;
}

/** What a signed-in user's audit log gets of a run. Nothing of the key or the goal is in it. */
export interface ByoAuditEntry {
  readonly provider: string;
  readonly model: string;
  readonly outcome: RunOutcome;
  readonly credentials: Extract<Credentials, 'user' | 'none'>;
  readonly runId: string;
  readonly requestId: string;
}

/** One run on the user's key, from the moment that it is admitted. */
export interface ByoRun {
  readonly c: ByoContext;
  readonly admitted: Admitted<RunRequest>;
  readonly stream: EventStream;
  readonly ledger: RunLedger;
  readonly parts: ByoParts;
}
