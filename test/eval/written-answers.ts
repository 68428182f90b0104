/** Answers to one goal as a strong model would give them, written by hand: they measure what the engine loses, not how good a model is. This is what the engine is measured with when no provider is named. */
export interface Answers {
  readonly classification: unknown;
  readonly plan: unknown;
  /** Bodies by the names of their skills. */
  readonly drafts: Readonly<Record<string, string>>;
  /** What the critic says of a draft at its first and at its second look; marks of nine where nothing is said. */
  readonly critiques?: Readonly<Record<string, readonly unknown[]>>;
  readonly revisions?: Readonly<Record<string, unknown>>;
}
