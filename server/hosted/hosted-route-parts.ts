import type { Kysely } from 'kysely';
import type { FindWho } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { Database } from '../storage/database.ts';
import type { Log } from '../telemetry/log.ts';
import type { EnqueueParts } from './enqueue.ts';
import type { FeedPlaces } from './feed/feed-places.ts';
import type { JobNotices } from './job-notices.ts';
import type { Payers } from './payer.ts';

export interface HostedRouteParts extends EnqueueParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly payers: Payers;
  readonly findWho: FindWho;
  readonly notices: JobNotices;
  readonly places: FeedPlaces;
  readonly log: Log;
  /** For the counter: a run that was cancelled while it waited ends here, at no worker. */
  readonly onEnd: RunCounter;
  /** Aborted when this server stops: event streams end. */
  readonly stopping: AbortSignal;
}

/** Counts a hosted run that ended in this process. */
export type RunCounter = (ended: { readonly outcome: string; readonly provider: string }) => void;
