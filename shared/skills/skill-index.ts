import type { PublishedSkill } from './published-skill.ts';
import { termsOf } from './terms.ts';

const SATURATION = 1.2; // BM25's k1
const LENGTH_WEIGHT = 0.75; // BM25's b

/** A search index over names and descriptions of published skills, in memory. */
export interface SkillIndex {
  readonly size: number;
  /** In how many skills the term occurs. */
  frequency(term: string): number;
  /** The skills that share a term with the query, best first by BM25 over name and description. */
  search(query: string, limit: number): readonly PublishedSkill[];
}

interface Posting {
  readonly skill: PublishedSkill;
  readonly count: number;
  readonly length: number;
}

const known = new WeakMap<readonly PublishedSkill[], SkillIndex>();

/** The index of a catalogue. Each array's index is built once: a changed catalogue is a new array. */
export function indexSkills(catalog: readonly PublishedSkill[]): SkillIndex {
  const index = known.get(catalog) ?? buildIndex(catalog);
  known.set(catalog, index);
  return index;
}

function buildIndex(catalog: readonly PublishedSkill[]): SkillIndex {
  const postings = new Map<string, Posting[]>();
  let totalLength = 0;
  for (const skill of catalog) {
    const terms = termsOf(`${skill.name.replaceAll('-', ' ')} ${skill.description}`);
    totalLength += terms.length;
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) {
      const list = postings.get(term) ?? [];
      list.push({ skill, count, length: terms.length });
      postings.set(term, list);
    }
  }
  const averageLength = totalLength / Math.max(1, catalog.length);

  return {
    size: catalog.length,
    frequency: (term) => postings.get(term)?.length ?? 0,
    search: (query, limit) => {
      const scores = new Map<PublishedSkill, number>();
      for (const term of new Set(termsOf(query))) {
        const holding = postings.get(term) ?? [];
        const rarity = Math.log(1 + (catalog.length - holding.length + 0.5) / (holding.length + 0.5));
        for (const { skill, count, length } of holding) {
          const norm = SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / averageLength);
          scores.set(skill, (scores.get(skill) ?? 0) + (rarity * count * (SATURATION + 1)) / (count + norm));
        }
      }
      return [...scores]
        .sort(([, a], [, b]) => b - a)
        .slice(0, limit)
        .map(([skill]) => skill);
    },
  };
}
