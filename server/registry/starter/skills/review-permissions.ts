import type { StarterSkill } from '../starter-skill.ts';

export const REVIEW_PERMISSIONS: StarterSkill = {
  name: 'review-permissions',
  categories: ['security', 'operations'],
  description:
    'Reviews who may do what in a system or repository: accounts, roles, tokens, shared links, and which of them can go. Use when the user asks for an access review, least privilege, an audit of permissions, or when somebody leaves the team.',
  body: `# Review permissions

A list of rights that somebody needs, and a list of those that nobody does.

## Steps
1. Get the lists of people, roles, tokens and shared links as exports. Ask for them; do not log in anywhere yourself.
2. Match every account with a person and a reason. Accounts without either go to the top of the list.
3. For each right note when it was last used. Not in ninety days: propose to remove it.
4. Mark what is dangerous alone: administrators, rights to change rights, tokens without an end, links for anyone.
5. Mark what is dangerous together: who can both make and approve a payment, a release, an account.
6. Propose changes in the order of harm, each with who has to agree and how to undo it. Change nothing.

## Gotchas
- Service accounts look unused between yearly jobs. Ask their owner first.
- Groups in groups hide rights. Resolve them down to people.
- A removed person may still hold a token that they made.

## Output
\`\`\`markdown
| who | right | last used | proposal | undo |
| --- | --- | --- | --- | --- |
| build-bot | admin on \`site\` | never | write only | grant admin again |
\`\`\`

## Check before you finish
- [ ] Every account has a person or stands in the list of those without.
- [ ] Nothing was changed.
`,
};
