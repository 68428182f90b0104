import type { Answer } from './browser.ts';

/**
 * Sends again until there is an answer, as the page does; a patient client for two minutes, another one once. Undefined: given up. Whatever
 * is neither an answer nor a plain "try again" is a defect, and ends the test.
 */
export type Insist = (send: () => Promise<Answer>, patient: boolean) => Promise<Answer | undefined>;

/** A kill between a commit and its answer is rare, so that some answers are dropped on the way as well. */
const LOSE = 0.1;
const PATIENCE_MS = 120_000;

export function createInsist(onLost: () => void): Insist {
  return async (send, patient) => {
    for (const until = Date.now() + PATIENCE_MS; ; ) {
      const answer = await send().catch(() => undefined);
      if (answer !== undefined && answer.status !== 503 && Math.random() > LOSE) return answer;
      onLost();
      if (!patient) return undefined;
      if (Date.now() > until) throw new Error(`no answer in two minutes: ${answer?.text ?? 'no connection'}`);
      await sleep(50 + Math.random() * 100);
    }
  };
}

export function expectStatus({ status, text }: Answer, wanted: readonly number[]): void {
  if (!wanted.includes(status))
    throw new Error(`${status} instead of ${wanted.join(' or ')}: ${text.slice(0, 300)}`);
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
