import type { ReviewDesk } from '../byo/reviews.ts';
import type { RunLimits } from '../runs/run-limits.ts';
import { createSealingKeys } from '../sealing/sealing-keys.ts';
import type { Hello, PrimaryCalls } from './calls.ts';
import type { Channel } from './channel.ts';
import type { SharedState } from './shared-state.ts';

/** How a member sees what the processes of its server share: each look is a question to the primary. */
export function stateOverPrimary(
  channel: Channel<PrimaryCalls>,
  { sealing }: Pick<Hello, 'sealing'>,
  { secret, reviews }: { readonly secret: string | undefined; readonly reviews: ReviewDesk },
): SharedState {
  /** Gives a place back, once however often it is called. A primary that is gone has no places. */
  const releaseOf = (place: number): (() => void) => {
    let taken = true;
    return () => {
      if (taken) void channel.ask('release', { place }).catch(() => undefined);
      taken = false;
    };
  };
  const limits = (of: 'runs' | 'checks'): RunLimits => ({
    async acquire(who) {
      const slot = await channel.ask('acquire', { of, who });
      return slot.ok ? { ok: true, release: releaseOf(slot.place) } : slot;
    },
    isFirst: (run) => channel.ask('isFirst', { of, run }),
  });
  return {
    runLimits: limits('runs'),
    checkLimits: limits('checks'),
    receipts: {
      keep: (run, envelope) => channel.ask('keepReceipt', { run, envelope }),
      get: (run) => channel.ask('getReceipt', { run }),
    },
    reviews,
    places: {
      async take(userId) {
        const place = await channel.ask('takeFeed', { userId });
        return place === undefined ? undefined : releaseOf(place);
      },
    },
    strays: {
      add: (address) => channel.ask('addStray', { address }),
      has: (address) => channel.ask('hasStray', { address }),
    },
    reportLimit: { allow: (address) => channel.ask('allowReport', { address }) },
    sealing: createSealingKeys({
      secret,
      now: () => Date.now(),
      among: {
        ...sealing,
        async secretOf(period) {
          const given = await channel.ask('periodSecret', { period });
          return given === undefined ? undefined : new Uint8Array(Buffer.from(given, 'base64url'));
        },
      },
    }),
  };
}
