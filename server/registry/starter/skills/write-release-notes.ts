import type { StarterSkill } from '../starter-skill.ts';

export const WRITE_RELEASE_NOTES: StarterSkill = {
  name: 'write-release-notes',
  categories: ['development', 'communication'],
  description:
    'Turns merged pull requests, commits or tickets into release notes that users understand: what is new, what is fixed, what they have to do. Use when the user asks for a changelog, release notes, or what changed this week or since the last version.',
  body: `# Write release notes

What changed for those who use it, and nothing that did not.

## Steps
1. Settle the range: two tags, two dates, or a list. State it at the top of your answer.
2. Collect the changes with their titles, descriptions and labels. Merge several that belong to one change.
3. Leave out what no user sees: refactoring, tests, tools. Keep a count of it.
4. Write each as what the user can do now, or what no longer happens. One sentence, present tense, no ticket language.
5. Put what needs an act first: breaking changes, new settings, removed things, each with the act.
6. Link each line to its change, and thank people from outside by name.

## Gotchas
- A reverted change is in the list twice and in the product not at all.
- Security fixes: say what was at risk and who should update, not how to attack.
- Titles lie. Read the description where title and label differ.

## Output
\`\`\`markdown
## 2.4.0 (2026-05-04)
**To do** Rename \`timeout\` to \`timeoutMs\` in your settings.
**New** Exports can be filtered by date (#412).
**Fixed** Totals no longer lose cents (#398).
7 further changes without effect on users.
\`\`\`

## Check before you finish
- [ ] Every line has a link that you opened.
- [ ] Every breaking change says what to do.
`,
};
