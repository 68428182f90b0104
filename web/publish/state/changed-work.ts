import type { PublishWork } from '../../../shared/contract/publish-draft.ts';
import { filesOf } from '../../../shared/registry/draft-files.ts';
import type { ChangedPart } from '../../plans/plan-parts.ts';

/** The parts in which two states of the work differ, as texts that can be compared line by line. */
export function changedWork(theirs: PublishWork, mine: PublishWork): readonly ChangedPart[] {
  const [before, after] = [partsOf(theirs), partsOf(mine)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .map((name) => ({ name, theirs: before.get(name) ?? '', mine: after.get(name) ?? '' }))
    .filter((part) => part.theirs !== part.mine);
}

function partsOf(work: PublishWork): ReadonlyMap<string, string> {
  const { name, version, description, licence, visibility, showGoal, withEvals, skills } = work;
  const bundle = [
    `name: ${name}`,
    `version: ${version}`,
    `description: ${description}`,
    `licence: ${licence}`,
    `visibility: ${visibility}`,
    `goal: ${showGoal ? 'shown' : 'not shown'}`,
    `evals: ${withEvals ? 'with the skills' : 'kept'}`,
  ];
  const left = skills.filter(({ included }) => !included).map(({ item, draft }) => draft?.name || item);
  const words = skills.flatMap(({ item, draft, acknowledgement }) =>
    acknowledgement ? [`${draft?.name || item}: ${acknowledgement.text}`] : [],
  );
  return new Map([
    ['Bundle', bundle.join('\n')],
    ['Left out', left.join('\n')],
    ['Acknowledgements', words.join('\n')],
    ...skills.flatMap(({ item, draft }) =>
      draft
        ? filesOf(draft).map(({ path, content }) => [`${draft.name || item}/${path}`, content] as const)
        : [],
    ),
  ]);
}
