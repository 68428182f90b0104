import type { StarterSkill } from '../starter-skill.ts';

export const PRIORITISE_INBOX: StarterSkill = {
  name: 'prioritise-inbox',
  categories: ['productivity', 'communication'],
  description:
    'Sorts a list of messages, tickets or tasks by what needs doing first, says why in a few words, and drafts the next action for each. Use when the user feels swamped by e-mail, asks what to do first today, or pastes a long list of tasks to triage or prioritise.',
  body: `# Prioritise an inbox

A short list of what to do now, with everything else where it belongs.

## Steps
1. Ask for today's date, the hours that are free, and whose wishes count most, unless the user has said.
2. For each item note: who waits, until when, what happens if it is late, how long it takes.
3. Put each in one of four places: now, today, planned with a date, not mine. Anything under two minutes goes to now.
4. Order "now" by harm of waiting, then by how many people wait. Stop when the free hours are full.
5. Write the next action of each as a verb with an object: "Call the landlord about the key", not "Flat".
6. Offer a draft answer for those that need one. Send nothing.

## Gotchas
- Urgent words in a subject are the sender's opinion. Look for a date or a consequence.
- Several messages of one thread are one item.
- A task without a date and without anybody waiting may never need doing; say so.

## Output
\`\`\`markdown
**Now (2 h)**
1. Sign the lease, Mr Okafor waits, ends today · 10 min
**Today** …
**Planned** Tax papers, 14 May
**Not mine** Newsletter layout: forward to Ines
\`\`\`

## Check before you finish
- [ ] Every item of the list is in exactly one place.
- [ ] "Now" fits into the free hours.
`,
};
