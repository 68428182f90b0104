/**
 * How a draft about one kind of step is told. Lines hold `{object}` (what the step works on) and `{outcome}` (what it leaves);
 * both are the user's words, singular or plural, so no line may make a verb agree with them.
 */
export interface Recipe {
  /** A sentence of the description, third person. */
  readonly manner: string;
  /** Continues "Use when …". */
  readonly triggers: readonly string[];
  readonly inputs: readonly string[];
  /** A bold lead and what to do. All are used, in this order. */
  readonly steps: readonly (readonly [lead: string, text: string])[];
  /** Lines of the output template. */
  readonly output: readonly string[];
  /** A situation and what to do then; a draft takes some. */
  readonly edges: readonly (readonly [when: string, then: string])[];
  readonly checks: readonly string[];
}
