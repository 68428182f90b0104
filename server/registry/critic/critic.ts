import type { Critique } from '../../../shared/contract/author/critic.ts';
import type { CheckedSkill } from '../check-bundle.ts';

/**
 * The operator's final critic as the registry sees it. It is injected, so that nothing here knows a credential: `operator/` reads on the
 * operator's, and where it cannot, nobody reads in its place.
 */
export interface Critic {
  readonly policy: 'advise' | 'require';
  /** Undefined: the operator has configured no model that could be asked. */
  readonly reader: CriticReader | undefined;
}

/** One model that reads skills. */
export interface CriticReader {
  readonly provider: string;
  readonly model: string;
  /** Of what it is asked by: what was said under another edition counts no more. */
  readonly edition: string;
  /**
   * Reads each of them, on the day's budget of that account, and never rejects for what a provider does. Of those that it could not judge
   * there is no entry, and `missing` says why.
   */
  read(skills: readonly CheckedSkill[], userId: string): Promise<Reading>;
}

/** What it says by itself, whatever the rules say. */
export type Said = Pick<Critique, 'verdict' | 'notes'>;

/** What came of reading several skills. */
export interface Reading {
  /** By content digest. */
  readonly said: ReadonlyMap<string, Said>;
  readonly missing: Unread | undefined;
}

/** Why it could not judge. */
export type Unread = 'too_large' | 'too_costly' | 'budget' | 'failed';
