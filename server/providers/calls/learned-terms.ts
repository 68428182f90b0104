import { sharedTerms } from '../../../shared/providers/negotiate.ts';
import { FULL_TERMS, type Terms } from '../../../shared/providers/terms.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';

const MAX_LEARNED = 500;
const learned = new Map<string, Terms>();

/** What an origin took for a model, in this process: nothing of a key, its plan or a goal is in it, and the oldest is forgotten first. */
export function termsOf({ terms = FULL_TERMS }: Vendor, origin: string, model: string): Terms {
  return learned.get(`${origin} ${model}`) ?? terms;
}

/** Only what was accepted is learned: a refusal may have had another cause. */
export function learnTerms(origin: string, model: string, terms: Terms): void {
  const name = `${origin} ${model}`;
  learned.delete(name);
  learned.set(name, sharedTerms(terms));
  const [oldest] = learned.keys();
  if (learned.size > MAX_LEARNED && oldest !== undefined) learned.delete(oldest);
}
