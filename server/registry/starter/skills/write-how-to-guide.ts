import type { StarterSkill } from '../starter-skill.ts';

export const WRITE_HOW_TO_GUIDE: StarterSkill = {
  name: 'write-how-to-guide',
  categories: ['knowledge', 'communication'],
  description:
    'Writes a guide by which someone does a task for the first time without asking: prerequisites, numbered steps, what to see after each, what to do when it goes wrong. Use when the user wants documentation, a tutorial, onboarding notes, a manual or a standard operating procedure.',
  body: `# Write a how-to guide

A stranger follows it once and succeeds.

## Steps
1. Name the reader and the result in one sentence: "A new colleague books a trip in the travel tool."
2. Do the task yourself, or have the user tell it step by step. Write down every click, command and wait.
3. Put what must be there before the start into a list at the top, each with how to check it.
4. Write the steps: one action each, beginning with its verb, followed by what the reader sees when it worked.
5. After each step that can fail, write the message that appears and what to do then.
6. Let somebody who does not know the task follow it, or follow it yourself from a clean start. Repair where they stop.

## Gotchas
- "Simply" and "just" hide a missing step.
- Screenshots grow old; name the button by its words as well.
- Two ways to do it are two guides. Choose one, mention the other at the end.

## Output
\`\`\`markdown
# Book a trip
You need: an account (ask Office), your cost centre.
1. Open Travel › New trip. A form with five fields appears.
2. …
If "No budget" appears: ask your lead to release it, then press Retry.
\`\`\`

## Check before you finish
- [ ] Every step has one action and one visible result.
- [ ] Someone followed it from a clean start.
`,
};
