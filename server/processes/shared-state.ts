import { type ReviewDesk, Reviews } from '../byo/reviews.ts';
import type { Config } from '../config/config.ts';
import { createFeedPlaces, type FeedPlaces } from '../hosted/feed/feed-places.ts';
import { systemClock } from '../providers/clock.ts';
import { ReceiptStore, type Receipts } from '../receipts/receipt-store.ts';
import { createReportLimit, type ReportLimit } from '../registry/curation/report-limit.ts';
import { createStrays, type Strays } from '../registry/discovery/strays.ts';
import { createRunLimits, type RunLimits } from '../runs/run-limits.ts';
import { createSealingKeys, type SealingKeys } from '../sealing/sealing-keys.ts';

/** Calls to providers that one account's adding and testing of stored keys may cause. */
const CHECKS_PER_MINUTE = 20;

/** What the processes of one server have in common. Nothing of a user's key is in any of it. */
export interface SharedState {
  readonly runLimits: RunLimits;
  /** For adding and testing stored keys. */
  readonly checkLimits: RunLimits;
  readonly receipts: Receipts;
  readonly reviews: ReviewDesk;
  readonly places: FeedPlaces;
  readonly strays: Strays;
  readonly reportLimit: ReportLimit;
  readonly sealing: SealingKeys;
}

const wallClock = (): number => Date.now();

/** In this process's memory: right for a lone process. */
export function createSharedState(
  config: Pick<Config, 'RUNS_PER_MINUTE' | 'CONCURRENT_RUNS' | 'SEALING_SECRET'>,
): SharedState {
  return {
    runLimits: createRunLimits({
      perMinute: config.RUNS_PER_MINUTE,
      atOnce: config.CONCURRENT_RUNS,
      now: wallClock,
    }),
    checkLimits: createRunLimits({ perMinute: CHECKS_PER_MINUTE, atOnce: 4, now: wallClock }),
    receipts: new ReceiptStore(wallClock),
    reviews: new Reviews(systemClock, wallClock),
    places: createFeedPlaces(),
    strays: createStrays(() => performance.now()),
    reportLimit: createReportLimit(),
    sealing: createSealingKeys({ secret: config.SEALING_SECRET, now: wallClock }),
  };
}
