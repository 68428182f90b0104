import type { Category } from '../../../shared/contract/categories.ts';

/** A skill of the starter catalogue, as its author wrote it. The front matter is made from it. */
export interface StarterSkill {
  readonly name: string;
  readonly categories: readonly Category[];
  readonly description: string;
  readonly body: string;
}
