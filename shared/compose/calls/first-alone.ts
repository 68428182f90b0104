import type { ModelCall } from '../ask.ts';

/** Runs a job that makes that call, and that says when the call's answer has `begun`. */
export type FirstAlone = <T>(call: ModelCall, job: (begun: () => void) => Promise<T>) => Promise<T>;

/**
 * Where the provider keeps what calls share, the first call with a beginning is made alone until its answer begins, or it has ended: the
 * others then find what it left. Asked for side by side, each would pay for leaving the same again.
 */
export function createFirstAlone(keepsShared: (call: ModelCall) => boolean): FirstAlone {
  const begun = new Map<string, Promise<void>>();
  return async (call, job) => {
    if (!keepsShared(call)) return job(() => {});
    const beginning = call.system + call.user.slice(0, call.sharedChars);
    const first = begun.get(beginning);
    if (first !== undefined) {
      await first;
      return job(() => {});
    }
    let tell = (): void => {};
    begun.set(beginning, new Promise((resolve) => (tell = resolve)));
    return job(tell).finally(tell);
  };
}
