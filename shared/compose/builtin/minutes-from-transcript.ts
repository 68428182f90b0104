import type { PublishedSkill } from '../../skills/published-skill.ts';

/** A published skill of every Oneturn: minutes of a meeting, in which everything can be found in the transcript. */
export const MINUTES_FROM_TRANSCRIPT: PublishedSkill = {
  owner: 'oneturn',
  name: 'minutes-from-transcript',
  version: '1.0.0',
  description:
    'Turns a meeting transcript or rough notes into minutes with decisions, action items (who, what, by when) and open questions. Use when the user has a transcript, a recording’s text or meeting notes and asks for minutes, a summary, decisions or to-dos. Not for live note taking.',
  body: `# Minutes from a transcript

Minutes that people who were absent can act on. Everything in them can be found in the source.

## Steps
1. Read the whole transcript once before writing: decisions are often reversed near the end.
2. List the people who speak, with the spelling of the invitation or the calendar if there is one. Speech recognition misspells names; ask about those you cannot match.
3. Collect decisions: somebody proposed, nobody who mattered objected, and the talk moved on. "We should" is not a decision.
4. Collect action items with an owner and a date. Write "owner open" or "date open" instead of choosing one.
5. Collect questions that were raised and not answered.
6. Write the minutes in the shape below and end with a list of the places that you were unsure about, with their time stamps.

## Gotchas
- A later decision replaces an earlier one. Keep only the later, and say that it changed.
- Irony and thinking aloud read like proposals in text. Without a reply they are neither decision nor action.
- "Next Friday" depends on the day of the meeting. Write the date.
- Leave out what people said about absent persons, health and salaries, unless it is the decision itself; minutes travel.

## Output
\`\`\`markdown
# Roof repair, 3 March 2026
Present: Amara, Jon, Piet

## Decisions
1. The north side is repaired first, because the rain comes from there.

## Actions
| who | what | by |
| --- | --- | --- |
| Piet | Ask two firms for an offer | 14 March 2026 |

## Open
- Who pays for the scaffold?

## Unsure
- 00:31:10: "the old contract" may be the one of 2019.
\`\`\`

## Check before you finish
- [ ] Each decision and action has a place in the transcript.
- [ ] No owner or date was made up.
- [ ] A reader who was absent needs nothing else.
If one fails, correct it from the transcript, or move the entry to Unsure.
`,
};
