import type { PublishState, PublishWork } from '../../../shared/contract/publish-draft.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { nextVersion } from '../../../shared/registry/version.ts';
import { draftOf } from './skill-files.ts';

/** What the wizard begins with: all of the plan, named after it, or after what was published of it before. */
export function newWork(plan: SavedPlan, published: PublishState['published']): PublishWork {
  const [last] = published;
  const skills = skillsOf(plan);
  return {
    step: 'items',
    planRev: plan.rev,
    skills,
    name: last?.name ?? (slug(plan.title) || (skills[0]?.draft?.name ?? '')),
    version: nextVersion(last?.version),
    description: (plan.intent?.summary ?? plan.title).slice(0, 1024),
    licence: '',
    visibility: 'public',
    showGoal: false,
    shows: [],
    withEvals: false,
    categories: [],
  };
}

export function skillsOf({ plan, drafts }: Pick<SavedPlan, 'plan' | 'drafts'>): PublishWork['skills'] {
  return (plan?.items ?? []).map(({ id, action }) => {
    const draft = action === 'create' ? drafts.find(({ item }) => item === id) : undefined;
    return {
      item: id,
      included: action === 'reuse' || draft !== undefined,
      draft: draft ? draftOf(draft.manifest, draft.body, draft.files) : null,
      acknowledgement: null,
    };
  });
}

/** The plan was changed since: its texts, with what was decided about the bundle. */
export function withPlanTexts(work: PublishWork, plan: SavedPlan): PublishWork {
  const known = new Map(work.skills.map((skill) => [skill.item, skill]));
  const skills = skillsOf(plan).map((skill) => {
    const before = known.get(skill.item);
    const included = before === undefined ? skill.included : before.included || before.draft === null;
    return { ...skill, included: included && skill.included };
  });
  return { ...work, skills, planRev: plan.rev };
}

/** A valid name out of a title; empty when it has no Latin letter or digit. */
function slug(title: string): string {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.join('-').slice(0, 64).replace(/-$/, '');
}
