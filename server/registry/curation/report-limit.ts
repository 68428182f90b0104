import { RateLimiterMemory } from 'rate-limiter-flexible';

const REPORTS_AN_HOUR = 6;

/** How many skills one address may report. */
export interface ReportLimit {
  /** Counts a report; false when it is one too many. */
  allow(address: string): Promise<boolean>;
}

/** Kept in the memory of this process, and gone with it. */
export function createReportLimit(): ReportLimit {
  const hour = new RateLimiterMemory({ points: REPORTS_AN_HOUR, duration: 3600 });
  return {
    allow: (address) =>
      hour.consume(address).then(
        () => true,
        () => false,
      ),
  };
}
