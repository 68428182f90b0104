import * as z from 'zod/mini';
import { type ReviewAnswer, reviewAnswer } from '../../shared/contract/review.ts';
import { fromBase64url, toBase64url } from '../../shared/sealing/base64url.ts';
import { suite } from '../../shared/sealing/seal-format.ts';
import type { Answered, ReviewDesk, Reviews } from '../byo/reviews.ts';
import type { PrimaryCalls, SealedAnswer } from './calls.ts';
import type { Channel } from './channel.ts';

/**
 * A user's answer to a plan may come to another process than the one that has the run. It goes on sealed for that one alone (HPKE, bound to
 * the run): somebody may have pasted their key into the plan, which only the process with the run can tell.
 */
export interface PassedAnswers {
  /** Base64url: what others seal answers for this process to. */
  readonly reviewer: string;
  readonly desk: ReviewDesk;
  /** An answer that came to another process. */
  take(sealed: SealedAnswer): Promise<Answered>;
}

const PURPOSE = new TextEncoder().encode('oneturn passed answer 1');

/** `reviews` are this process's own; what is not among them is asked for over `channel`. */
export async function createPassedAnswers(
  reviews: Reviews,
  channel: Channel<PrimaryCalls>,
): Promise<PassedAnswers> {
  const pair = await suite.GenerateKeyPair(false);
  const reviewer = toBase64url(await suite.SerializePublicKey(pair.publicKey));
  return {
    reviewer,
    desk: {
      async wait(task) {
        const { run } = task;
        // opened here first: an answer must not come to a desk that does not know the plan yet
        const waited = reviews.wait(task);
        const opened = channel.ask('openReview', { run }).catch(() => undefined);
        try {
          return await waited;
        } finally {
          void opened.then(() => channel.ask('closeReview', { run })).catch(() => undefined);
        }
      },
      answer: async (run, answer) => {
        if (reviews.has(run)) return reviews.answer(run, answer);
        const to = await channel.ask('reviewerOf', { run });
        // the answer that says why
        if (to === undefined || to === reviewer) return reviews.answer(run, answer);
        return channel.ask('passAnswer', { run, ...(await seal(answer, run, to)) });
      },
    },
    async take({ run, enc, sealed }) {
      const [point, bytes] = [fromBase64url(enc), fromBase64url(sealed)];
      if (!point || !bytes)
        throw new Error('A passed answer is not base64url. Both ends must be of one build.');
      const plain = await suite.Open(pair, point, bytes, bindingOf(run));
      return reviews.answer(run, z.parse(reviewAnswer, JSON.parse(new TextDecoder().decode(plain))));
    },
  };
}

async function seal(answer: ReviewAnswer, run: string, to: string): Promise<Omit<SealedAnswer, 'run'>> {
  const point = fromBase64url(to);
  if (!point) throw new Error('A reviewer’s key is not base64url. Both ends must be of one build.');
  const recipient = await suite.DeserializePublicKey(point);
  const plain = new TextEncoder().encode(JSON.stringify(answer));
  const { encapsulatedSecret, ciphertext } = await suite.Seal(recipient, plain, bindingOf(run));
  plain.fill(0);
  return { enc: toBase64url(encapsulatedSecret), sealed: toBase64url(ciphertext) };
}

function bindingOf(run: string): { readonly info: Uint8Array; readonly aad: Uint8Array } {
  return { info: PURPOSE, aad: new TextEncoder().encode(run) };
}
