import type { PublishWork, SkillDraft } from '../../../shared/contract/publish-draft.ts';
import type { SavedPlan } from '../../../shared/contract/saved-plan.ts';
import { savedPlan } from '../support/account-page.tsx';

/** What the wizard works on, for its tests. */
export function skillDraft(change: Partial<SkillDraft> = {}): SkillDraft {
  return {
    name: 'collect-prs',
    description: 'Collects merged pull requests of a week. Use when somebody asks for release notes.',
    ...{ license: '', compatibility: '', allowedTools: '', metadata: {} },
    body: '# Collect\n\n1. List the merged pull requests.\n2. Write them down.\n',
    ...change,
  };
}

export function work(change: Partial<PublishWork> = {}): PublishWork {
  return {
    ...{ step: 'items', planRev: 1 },
    skills: [{ item: 'i1', included: true, draft: skillDraft(), acknowledgement: null }],
    ...{ name: 'release-notes', version: '1.0.0', description: 'Notes.', licence: 'MIT' },
    ...{ visibility: 'public', showGoal: false, shows: [], withEvals: false, categories: [] },
    ...change,
  };
}

export function workOf(...drafts: readonly SkillDraft[]): PublishWork {
  return work({
    skills: drafts.map((draft, at) => ({ item: `i${at + 1}`, included: true, draft, acknowledgement: null })),
  });
}

/** A plan whose first skill was tried. */
export function triedPlan(): SavedPlan {
  const plan = savedPlan();
  const [draft] = plan.drafts;
  if (!draft) throw new Error('the plan has a draft');
  const { name } = draft.manifest;
  return {
    ...plan,
    evals: [
      {
        ...{ item: draft.item, load: ['List what was merged'], skip: ['Write a poem'] },
        task: {
          prompt: 'Collect these',
          files: [{ path: 'merged.csv', content: 'a,b\n' }],
          expectations: [{ text: 'One line for each.' }],
        },
      },
    ],
    trials: [
      {
        ...{ item: draft.item, digest: draft.digest, provider: 'acme', model: 'acme-1' },
        prompts: [
          { text: 'List what was merged', should: true, chosen: [name, 'private-skill'] },
          { text: 'Write a poem', should: false, chosen: null },
        ],
      },
    ],
  };
}
