import type { SavedPlan } from '../../shared/contract/saved-plan.ts';
import { writeSkill } from '../../shared/skills/write-skill.ts';

/** A part of a plan in two versions. `mine` is the one that could not be saved. */
export interface ChangedPart {
  readonly name: string;
  readonly theirs: string;
  readonly mine: string;
}

type Comparable = Pick<SavedPlan, 'title' | 'plan' | 'drafts' | 'analyses'>;

/** The parts in which two versions of a plan differ, each as text that can be compared line by line. */
export function changedParts(theirs: Comparable, mine: Comparable): readonly ChangedPart[] {
  const before = partsOf(theirs);
  const after = partsOf(mine);
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names]
    .map((name) => ({ name, theirs: before.get(name) ?? '', mine: after.get(name) ?? '' }))
    .filter((part) => part.theirs !== part.mine);
}

function partsOf({ title, plan, drafts, analyses }: Comparable): ReadonlyMap<string, string> {
  const items =
    plan?.items.map(({ name, action, description }) => `${name} (${action}): ${description}`) ?? [];
  const scores = analyses.map(({ item, verdict, scores: given, findings }) => {
    const numbers = given
      ? [given.specificity, given.completeness, given.safety, given.goalAlignment].join(' ')
      : 'no scores';
    return `${plan?.items.find(({ id }) => id === item)?.name ?? item}: ${verdict}, ${numbers}, findings: ${findings.length}`;
  });
  return new Map([
    ['Title', title],
    ['Plan', items.join('\n')],
    ...drafts.flatMap(({ manifest, body, files = [] }) => [
      [`${manifest.name}/SKILL.md`, writeSkill(manifest, body)] as const,
      ...files.map(({ path, content }) => [`${manifest.name}/${path}`, content] as const),
    ]),
    ['Analysis', scores.join('\n')],
  ]);
}
