/**
 * How similar two skills' names and descriptions are: the cosine of their TF-IDF vectors, with the name counted twice. Among 839 public
 * skills the median of the nearest neighbour was 0.35; at 0.61 were two skills for installing one product, at 0.85 two steps of one
 * workflow.
 */
import type { Analysis } from '../contract/plan.ts';
import type { PublishedSkill } from './published-skill.ts';
import { indexSkills } from './skill-index.ts';
import { termsOf } from './terms.ts';

export const OVERLAP_SCORE = 0.55;
export const DUPLICATE_SCORE = 0.8;
const MAX_OVERLAPS = 5;
// A skill that is similar to another is among those that search finds for it.
const CANDIDATES = 20;

/** What two skills are compared by. */
export interface Described {
  readonly name: string;
  readonly description: string;
}

type Vector = ReadonlyMap<string, number>;

/** The published skills and siblings that are similar to a skill, most similar first. */
export function findOverlaps(
  self: Described,
  siblings: readonly Described[],
  published: readonly PublishedSkill[],
): Analysis['overlaps'] {
  const index = indexSkills(published);
  const others = [
    ...index
      .search(`${self.name.replaceAll('-', ' ')} ${self.description}`, CANDIDATES)
      .map((skill) => ({ skill, kind: 'published' as const })),
    ...siblings.map((skill) => ({ skill, kind: 'draft' as const })),
  ];
  const local = frequencies([self, ...siblings]);
  const size = index.size + siblings.length + 1;
  // With a dozen skills the counts do not tell which words are rare. The smoothing keeps every weight above zero.
  const weight = (term: string): number =>
    Math.log(1 + (size + 1) / (index.frequency(term) + (local.get(term) ?? 0) + 0.5));

  const own = vectorOf(self, weight);
  return others
    .map(({ skill, kind }) => ({
      name: skill.name,
      kind,
      score: Math.round(cosine(own, vectorOf(skill, weight)) * 100) / 100,
    }))
    .filter(({ score }) => score >= OVERLAP_SCORE)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_OVERLAPS);
}

function frequencies(skills: readonly Described[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const skill of skills)
    for (const term of new Set(wordsOf(skill))) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function vectorOf(skill: Described, weight: (term: string) => number): Vector {
  const counts = new Map<string, number>();
  for (const term of wordsOf(skill)) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map(Array.from(counts, ([term, count]) => [term, (1 + Math.log(count)) * weight(term)]));
}

// Vectors are remembered by object: plans and catalogues keep their objects, and each is compared with every draft.
const words = new WeakMap<Described, readonly string[]>();

function wordsOf(skill: Described): readonly string[] {
  const known = words.get(skill);
  if (known) return known;
  const name = termsOf(skill.name.replaceAll('-', ' '));
  const all = [...name, ...name, ...termsOf(skill.description)];
  words.set(skill, all);
  return all;
}

function cosine(a: Vector, b: Vector): number {
  let dot = 0;
  for (const [term, value] of a) dot += value * (b.get(term) ?? 0);
  const length = norm(a) * norm(b);
  return length === 0 ? 0 : Math.min(1, dot / length);
}

function norm(vector: Vector): number {
  let sum = 0;
  for (const value of vector.values()) sum += value * value;
  return Math.sqrt(sum);
}
