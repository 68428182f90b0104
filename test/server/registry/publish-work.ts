import type { PublishWork } from '../../../shared/contract/publish-draft.ts';

/** What the wizard keeps, for a plan of one new skill. */
export function publishWork(change: Partial<PublishWork> = {}): PublishWork {
  return {
    step: 'items',
    planRev: 1,
    skills: [
      {
        item: 'i1',
        included: true,
        draft: {
          ...{ name: 'collect-prs', description: 'Collects pull requests. Use when asked for it.' },
          ...{ license: 'MIT', compatibility: '', allowedTools: '', metadata: {} },
          body: '# Collect\n\n1. Do it.\n',
        },
        acknowledgement: null,
      },
    ],
    ...{ name: 'release-notes', version: '1.0.0', description: 'Notes.', licence: 'MIT' },
    visibility: 'public',
    showGoal: false,
    shows: [],
    withEvals: false,
    categories: [],
    ...change,
  };
}
