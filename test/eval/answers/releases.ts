import type { Answers } from '../written-answers.ts';

const BODY = `# Prepare a release

Prepares a release commit of the pnpm monorepo and stops there: it publishes nothing, a person does that.

## Steps
1. Ask for the state of CI on main: \`gh run list --branch main --limit 1\`. If it is red or still runs, stop and show its address.
2. Find the last tag with \`git describe --tags --abbrev=0\` and list the pull requests merged since.
3. Group them by package. One without a changeset gets one: \`pnpm changeset add\`, patch unless its title says otherwise.
4. Show the user the versions that will come out, and wait for a yes.
5. Run \`pnpm changeset version\`, then \`pnpm install --lockfile-only\`, and commit both.

## Gotchas
- A pull request that only touches docs bumps nothing.
- Never run \`pnpm publish\`, also not with --dry-run: it asks for a token.

## Output
\`\`\`markdown
## @acme/core 2.1.0
- Adds retries to uploads (#412)
\`\`\`

## Check
- [ ] Every merged pull request since the tag stands in one changelog.
If one is missing, add its changeset and begin again at step 4.
`;

export const RELEASES: Answers = {
  classification: {
    kind: 'single',
    reason: '',
    summary: 'Prepare releases of a pnpm monorepo with changesets',
    capabilities: [{ id: 'c1', need: 'Changelog and versions from merged pull requests, with changesets' }],
    constraints: ['Stop if CI on main is red', 'Never publish to npm'],
    assumptions: [],
  },
  plan: {
    title: 'Releases',
    items: [
      {
        action: 'create',
        name: 'prepare-release',
        description:
          'Prepares a release of the pnpm monorepo with changesets and never publishes it. Use when the user asks for a release, a changelog or a version bump.',
        covers: ['c1'],
        reason: 'One procedure.',
        outline: ['CI first', 'Since the last tag', 'Versions'],
        allowedTools: ['Bash(git describe:*)', 'Bash(pnpm changeset:*)'],
        ref: null,
      },
    ],
    uncovered: [],
  },
  drafts: { 'prepare-release': BODY },
};
