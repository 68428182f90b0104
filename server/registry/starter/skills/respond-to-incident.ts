import type { StarterSkill } from '../starter-skill.ts';

export const RESPOND_TO_INCIDENT: StarterSkill = {
  name: 'respond-to-incident',
  categories: ['operations', 'security'],
  description:
    'Leads through an outage or failure of a running system: restore first, keep a timeline, tell those affected, find the cause afterwards. Use when the user says that production is down, slow or losing data, that an alarm went off, or asks for a post-mortem.',
  body: `# Respond to an incident

Service first, cause later, and a record of both.

## Steps
1. Write down what is wrong for whom, since when, in one sentence with numbers. Start a timeline in UTC; every later step gets a line.
2. Ask what changed last: release, setting, certificate, traffic, supplier. The latest change is the first suspect.
3. Choose the mildest act that restores service: roll back, switch off the feature, move traffic, add capacity. Say what it risks and let the user decide.
4. Before anything is restarted or deleted keep what would be lost: logs, a dump, the list of connections.
5. Tell those affected within fifteen minutes what is known, what is done, and when the next word comes.
6. When it runs again, watch the number from step 1 for half an hour. Then write the review: timeline, causes (several), what helped, what to change, who by when. It names no culprit.

## Gotchas
- Two repairs at once hide which of them worked.
- A full disk, an expired certificate and a full connection pool look like a bug.
- Rolling back code does not roll back data. Look for migrations in between.

## Output
The timeline, the message to those affected, and after the end the review in the shape of step 6.

## Check before you finish
- [ ] Every act in the timeline has its time and its effect.
- [ ] Each change of the review has an owner and a date.
`,
};
