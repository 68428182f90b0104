import type { Answers } from '../written-answers.ts';

const LABELS = `# Write seed labels

Writes labels.csv out of ledger.xlsx: one row for each envelope, ready for the label printer.

## Steps
1. Open ledger.xlsx, first sheet. Expect variety, year and sow depth. If a column is missing, show the header row and ask once which one it is.
2. Write one row for each loan in the order of the ledger. Three fields: variety, year, sow depth in centimetres.
3. Shorten a variety over 22 characters at a word, the same way on every label.
4. Read labels.csv back and count: as many rows as loans.

## Gotchas
- Excel may hold the year as a date. Take its year.
- An empty sow depth means that the grower knows it: write "see packet", never a guess.

## Output
\`\`\`csv
variety,year,sow depth
Moonlight,2025,5 cm
\`\`\`

## Check
- [ ] As many labels as loans, none over 22 characters.
If one fails, repair labels.csv and count again.
`;

const REMINDERS = `# Remind late returns

Writes reminders.md, one reminder for each late borrower. Nothing is sent: the user reads them first.

## Steps
1. Open ledger.xlsx, first sheet: borrower, variety, borrowed, returned.
2. A loan is late when returned is empty and today is after 15 October of the year of borrowed.
3. Group by borrower, ignoring case and blanks around names: one person gets one reminder.
4. Write reminders.md in the shape below and tell the user how many there are. Send nothing.

## Gotchas
- "Same as last year" in returned is a note, not a return.

## Output
\`\`\`markdown
## Ines
Dear Ines, thank you for growing Moonlight. If you saved any seed, the shelf is open on Saturdays.
\`\`\`

## Check
- [ ] Every late borrower once, nobody who returned seed.
If one fails, repair reminders.md and go through the list again.
`;

const scores = { specificity: 9, completeness: 9, safety: 9, goalAlignment: 9 };

export const SEEDS: Answers = {
  classification: {
    kind: 'bundle',
    reason: '',
    summary: 'Write seed labels from the ledger and draft reminders for late returns',
    capabilities: [
      { id: 'c1', need: 'Write label text (variety, year, sow depth) from ledger.xlsx' },
      { id: 'c2', need: 'Draft reminders for those who returned nothing by 15 October' },
    ],
    constraints: ['Nothing is sent before the user has read it'],
    assumptions: [
      { statement: 'Reminders are e-mails', question: 'How do reminders go out?', answer: 'By e-mail' },
    ],
  },
  plan: {
    title: 'Seed library',
    items: [
      {
        action: 'create',
        name: 'write-seed-labels',
        description:
          'Writes envelope labels (variety, year, sow depth) from ledger.xlsx. Use when the user asks for seed labels or envelopes are to be filled.',
        covers: ['c1'],
        reason: 'Labels are asked for in spring.',
        outline: ['Fields and their order', 'Check: as many labels as rows'],
        allowedTools: ['Read', 'Write'],
        ref: null,
      },
      {
        action: 'create',
        name: 'remind-late-returns',
        description:
          'Drafts reminders for borrowers in ledger.xlsx who returned nothing by 15 October. Use when the user asks who is late or wants reminders.',
        covers: ['c2'],
        reason: 'Reminders are asked for in autumn.',
        outline: ['Who is late', 'Write to a file, never send'],
        allowedTools: ['Read', 'Write'],
        ref: null,
      },
    ],
    uncovered: [],
  },
  drafts: { 'write-seed-labels': LABELS, 'remind-late-returns': REMINDERS },
  critiques: {
    'remind-late-returns': [
      {
        notes: [
          {
            where: 'Step 2',
            text: 'Does not say that any quantity returned counts; harvests fail here',
            must: true,
            old: '',
            new: '',
          },
        ],
        ...scores,
        completeness: 7,
      },
      { notes: [], ...scores },
    ],
  },
  revisions: {
    'remind-late-returns': {
      changes: [
        {
          note: 1,
          patches: [
            {
              old: 'after 15 October of the year of borrowed.',
              new: 'after 15 October of the year of borrowed. Any quantity returned counts, because harvests fail.',
            },
          ],
        },
      ],
    },
  },
};
