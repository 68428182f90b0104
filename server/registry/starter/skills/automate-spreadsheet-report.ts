import type { StarterSkill } from '../starter-skill.ts';

export const AUTOMATE_SPREADSHEET_REPORT: StarterSkill = {
  name: 'automate-spreadsheet-report',
  categories: ['automation', 'productivity'],
  description:
    'Turns a report that is made by hand each week from spreadsheets into a script that anyone can run again: same inputs, same numbers, same layout. Use when the user copies figures between Excel or CSV files, builds the same weekly or monthly report, or asks to automate a spreadsheet.',
  body: `# Automate a spreadsheet report

The report of last week, made by a script, equal to the one made by hand.

## Steps
1. Ask for the last finished report and the files it was made from. They are the test: the script is done when it makes that report.
2. Write down each step that the person does by hand, with the cells it reads and writes. Mark every decision that is not in the files.
3. Turn each decision into a named setting at the top of the script, with its value of last week.
4. Write the script in the language that the team already runs. Read inputs by column name, never by position.
5. Stop with a sentence when a column is missing, a date is outside the period, or a total differs from its parts.
6. Compare the script's report with the one made by hand, cell by cell, and list every difference with its reason.

## Gotchas
- Dates in Excel are numbers; a file saved on another machine may read day and month the other way round.
- Hidden rows and filters are part of what the person saw.
- A hand-made correction in last week's report is a decision nobody wrote down. Ask.

## Output
The script, its settings, the list of differences, and one line: how to run it.

## Check before you finish
- [ ] The inputs are not changed.
- [ ] A second run gives the same bytes.
- [ ] Every difference to the hand-made report has a reason.
`,
};
