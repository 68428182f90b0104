/** A skill of the catalogue, with what composing needs of it. */
export interface PublishedSkill {
  readonly owner: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The Markdown below the front matter, where the caller has it. */
  readonly body?: string;
}
