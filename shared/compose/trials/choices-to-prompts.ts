/** Prompts of all tried skills, mixed into batches, and what a model chose for them. No model, no I/O. */
import type { SkillEvals, TriedPrompt } from '../../contract/evals.ts';
import type { ChoiceAnswer } from '../prompts/choice.ts';

/** So many messages share one call, and with it the list of skills, which is most of its cost. */
const BATCH = 20;

/** One prompt of one skill. */
export interface Asked {
  readonly item: string;
  readonly text: string;
  readonly should: boolean;
}

/** The same prompts give the same batches, in an order that tells nothing of what is expected. */
export function batchesOf(evals: readonly SkillEvals[]): readonly (readonly Asked[])[] {
  const asked = evals.flatMap(({ item, load, skip }) => [
    ...load.map((text): Asked => ({ item, text, should: true })),
    ...skip.map((text): Asked => ({ item, text, should: false })),
  ]);
  const mixed = mix(asked, ({ text }) => text);
  return Array.from({ length: Math.ceil(mixed.length / BATCH) }, (_, index) =>
    mixed.slice(index * BATCH, (index + 1) * BATCH),
  );
}

/** An order by a hash of each entry's text. */
export function mix<T>(entries: readonly T[], textOf: (entry: T) => string): readonly T[] {
  return [...entries]
    .map((entry) => ({ entry, at: hash(textOf(entry)) }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
}

/** What was chosen for each prompt of a batch; names that were not offered are left out. Two answers that differ are none. */
export function chosenOf(
  answer: ChoiceAnswer,
  batch: readonly Asked[],
  offered: readonly string[],
): readonly TriedPrompt['chosen'][] {
  const names = new Map(offered.map((name) => [name.toLowerCase(), name]));
  return batch.map((_, index) => {
    const said = answer.choices
      .filter(({ message }) => message === index + 1)
      .map(({ skills }) =>
        [...new Set(skills.flatMap((skill) => names.get(plainName(skill)) ?? []))].slice(0, 16),
      );
    const [first] = said;
    if (!first || said.some((other) => other.join() !== first.join())) return null;
    return first;
  });
}

/** `owner/name` and `` `name` `` are that name. */
function plainName(skill: string): string {
  return skill
    .replace(/^.*\//, '')
    .replaceAll(/[`"'\s]/g, '')
    .toLowerCase();
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
