import type { PublishWork, SkillDraft } from '../../../shared/contract/publish-draft.ts';

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
    ...{ visibility: 'public', showGoal: false, shows: [], categories: [] },
    ...change,
  };
}

export function workOf(...drafts: readonly SkillDraft[]): PublishWork {
  return work({
    skills: drafts.map((draft, at) => ({ item: `i${at + 1}`, included: true, draft, acknowledgement: null })),
  });
}
