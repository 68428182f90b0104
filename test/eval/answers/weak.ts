import type { Answers } from '../written-answers.ts';
import { INVOICES } from './invoices.ts';
import { RELEASES } from './releases.ts';
import { SEEDS } from './seeds.ts';

/**
 * A weaker model on the same goals: it plans well enough, and its drafts leave facts out. Its critic asks for one of them, and the patch
 * brings it in; what nobody asks for stays missed, and the table says so.
 */
const scores = { specificity: 7, completeness: 6, safety: 8, goalAlignment: 7 };
const good = { notes: [], specificity: 8, completeness: 8, safety: 9, goalAlignment: 8 };

interface Asked {
  readonly where: string;
  readonly text: string;
  readonly old: string;
  readonly new: string;
}

/** A must, its patch, and the second look at it. */
function asked(name: string, { where, text, ...patch }: Asked): Pick<Answers, 'critiques' | 'revisions'> {
  const note = { where, text, must: true, old: '', new: '' };
  return {
    critiques: { [name]: [{ notes: [note], ...scores }, good] },
    revisions: { [name]: { changes: [{ note: 1, patches: [patch] }] } },
  };
}

const LABELS = `# Write seed labels

Writes labels.csv out of ledger.xlsx, one row for each envelope of the seed library.

## Steps
1. Open ledger.xlsx and read its first sheet.
2. Write one row for each loan with its variety, year and sow depth.
3. Read labels.csv back and count whether a row is missing.

## Check
- [ ] There are as many rows as loans. If not, write the file again.
`;

const REMINDERS = `# Remind late returns

Writes friendly reminders to reminders.md for the borrowers of the seed library.

## Steps
1. Open ledger.xlsx and find the people who returned nothing.
2. Write each of them a short and friendly reminder with the variety.
3. Show the user how many reminders there are. Send nothing.

## Check
- [ ] Every late borrower has one reminder. If not, go through the list again.
`;

export const WEAK_SEEDS: Answers = {
  ...SEEDS,
  drafts: { 'write-seed-labels': LABELS, 'remind-late-returns': REMINDERS },
  ...asked('remind-late-returns', {
    where: 'Step 1',
    text: 'Does not say from which day on somebody is late; use 15 October',
    old: 'find the people who returned nothing.',
    new: 'find the people who returned nothing by 15 October.',
  }),
};

export const WEAK_INVOICES: Answers = {
  ...INVOICES,
  drafts: {
    'rechnungen-pruefen': `# Rechnungen prüfen

Vergleicht jede Rechnung mit ihrer Bestellung und schreibt auf, was nicht passt.

## Schritte
1. Lies die Rechnungen in rechnungen/*.pdf und nimm Nummer und Betrag.
2. Suche die Bestellung in bestellungen.csv und vergleiche die Beträge.
3. Schreibe die Abweichungen in eine Liste und zeige sie dem Nutzer.

## Prüfung
- [ ] Jede Rechnung wurde verglichen. Wenn nicht, fange von vorn an.
`,
  },
  ...asked('rechnungen-pruefen', {
    where: 'Schritt 3',
    text: 'Nennt weder die Schwelle noch die Datei; über 2 % nach abweichungen.md',
    old: 'Schreibe die Abweichungen in eine Liste',
    new: 'Schreibe Abweichungen über 2 % nach abweichungen.md',
  }),
};

export const WEAK_RELEASES: Answers = {
  ...RELEASES,
  drafts: {
    'prepare-release': `# Prepare a release

Prepares the release commit of the monorepo with its changelog and its versions.

## Steps
1. Look at the state of CI on main. If it is red, stop and tell the user.
2. Collect the pull requests that were merged and group them by package.
3. Bump the versions with \`pnpm changeset version\` and commit the result.

## Check
- [ ] Every package that changed has a new version. If not, begin again at step 2.
`,
  },
  ...asked('prepare-release', {
    where: 'Step 2',
    text: 'Does not say since when; use the last tag',
    old: 'Collect the pull requests that were merged and',
    new: 'Collect the pull requests that were merged since the last tag and',
  }),
};
