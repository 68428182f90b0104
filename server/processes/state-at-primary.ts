import { type Answered, NOT_WAITING } from '../byo/reviews.ts';
import type { PeriodSecrets } from '../sealing/period-secrets.ts';
import type { PrimaryCalls, SealedAnswer } from './calls.ts';
import type { Answers } from './channel.ts';
import type { SharedState } from './shared-state.ts';

/** What of the primary's answers is about shared state. */
export type StateCalls = Omit<PrimaryCalls, 'hello' | 'listening' | 'failed' | 'ready' | 'metrics'>;

/** A process that serves, as far as it matters here. */
export interface Reviewer {
  /** Undefined until it listens. */
  readonly reviewer: string | undefined;
  takeAnswer(answer: SealedAnswer): Promise<Answered>;
}

/** The one copy of what all members share. */
export interface PrimaryState {
  answersFor(member: Reviewer): Answers<StateCalls>;
  /** The member is gone: its places are free, and its plans wait no more. */
  drop(member: Reviewer): void;
}

/** What the primary keeps in its own memory for all. */
export type KeptState = Omit<SharedState, 'reviews' | 'sealing'>;

/** Notes for each place and each waiting plan whose it is. */
export function stateAtPrimary(state: KeptState, secrets: PeriodSecrets): PrimaryState {
  const places = new Map<number, { readonly member: Reviewer; readonly release: () => void }>();
  const reviews = new Map<string, Reviewer>();
  const limitsOf = { runs: state.runLimits, checks: state.checkLimits };
  let taken = 0;
  const gone = new WeakSet<Reviewer>();
  const take = (member: Reviewer, release: () => void): number => {
    taken += 1;
    // it may have died while the place was sought
    if (gone.has(member)) release();
    else places.set(taken, { member, release });
    return taken;
  };

  return {
    answersFor: (member) => ({
      async acquire({ of, who }) {
        const slot = await limitsOf[of].acquire(who);
        return slot.ok ? { ok: true, place: take(member, () => slot.release()) } : slot;
      },
      isFirst: ({ of, run }) => limitsOf[of].isFirst(run),
      async takeFeed({ userId }) {
        const release = await state.places.take(userId);
        return release && take(member, release);
      },
      release({ place }) {
        places.get(place)?.release();
        places.delete(place);
      },
      keepReceipt: ({ run, envelope }) => state.receipts.keep(run, envelope),
      getReceipt: ({ run }) => state.receipts.get(run),
      addStray: ({ address }) => state.strays.add(address),
      hasStray: ({ address }) => state.strays.has(address),
      allowReport: ({ address }) => state.reportLimit.allow(address),
      periodSecret({ period }) {
        const secret = secrets.secretOf(period);
        const text = secret && Buffer.from(secret).toString('base64url');
        secret?.fill(0);
        return text;
      },
      openReview: ({ run }) => void reviews.set(run, member),
      closeReview({ run }) {
        if (reviews.get(run) === member) reviews.delete(run);
      },
      reviewerOf: ({ run }) => reviews.get(run)?.reviewer,
      passAnswer: async (answer) =>
        (await reviews.get(answer.run)?.takeAnswer(answer)) ?? { ok: false, failure: NOT_WAITING },
    }),
    drop(member) {
      gone.add(member);
      for (const [place, held] of places) {
        if (held.member !== member) continue;
        held.release();
        places.delete(place);
      }
      for (const [run, reviewer] of reviews) if (reviewer === member) reviews.delete(run);
    },
  };
}
