import type { PublishedSkill } from '../skills/published-skill.ts';
import { termsOf } from '../skills/terms.ts';

const SATURATION = 1.2; // BM25's k1
const LENGTH_WEIGHT = 0.75; // BM25's b

export const SHORTLIST_SIZE = 8;

/**
 * The published skills that may serve a goal, best first: BM25 over name and description. Only those that share a word with it.
 * A cosine does not separate right from wrong here (measured: .16 right, .12 wrong), so that the model decides among these few.
 */
export function shortlist(query: string, catalog: readonly PublishedSkill[], size = SHORTLIST_SIZE): readonly PublishedSkill[] {
  const documents = catalog.map((skill) => ({ skill, terms: countsOf(`${skill.name.replaceAll('-', ' ')} ${skill.description}`) }));
  const averageLength = documents.reduce((sum, { terms }) => sum + terms.length, 0) / Math.max(1, documents.length);

  const scores = new Map<PublishedSkill, number>();
  for (const term of new Set(termsOf(query))) {
    const holding = documents.filter(({ terms }) => terms.counts.has(term));
    const rarity = Math.log(1 + (documents.length - holding.length + 0.5) / (holding.length + 0.5));
    for (const { skill, terms } of holding) {
      const count = terms.counts.get(term) ?? 0;
      const norm = SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * terms.length) / averageLength);
      scores.set(skill, (scores.get(skill) ?? 0) + (rarity * count * (SATURATION + 1)) / (count + norm));
    }
  }
  return [...scores]
    .sort(([, a], [, b]) => b - a)
    .slice(0, size)
    .map(([skill]) => skill);
}

function countsOf(text: string): { readonly counts: ReadonlyMap<string, number>; readonly length: number } {
  const counts = new Map<string, number>();
  const terms = termsOf(text);
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { counts, length: terms.length };
}
