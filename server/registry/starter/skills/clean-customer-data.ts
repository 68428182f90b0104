import type { StarterSkill } from '../starter-skill.ts';

export const CLEAN_CUSTOMER_DATA: StarterSkill = {
  name: 'clean-customer-data',
  categories: ['operations', 'automation'],
  description:
    'Cleans a list of contacts or customers: duplicates, spellings, addresses, phone numbers, e-mails, with a record of every change. Use when the user wants to deduplicate or merge records, tidy a CRM export or mailing list, or import contacts into another tool.',
  body: `# Clean customer data

One row for one customer, and a way back for every change.

## Steps
1. Copy the file and work on the copy. Count rows and empty fields of each column before anything else.
2. Settle the form of each column with the user: phone as +49…, country as two letters, names as people write them.
3. Bring the values into that form. What does not fit goes to a list, not into a guess.
4. Find duplicates: same e-mail; same phone; same name and postal code. Show twenty pairs of each kind before merging any.
5. Merge by rule: the newest value that is not empty wins, and notes are joined. Never merge on a name alone.
6. Write the result, the list of what needs a person, and the log of every change with old and new value.

## Gotchas
- Families and offices share phones and addresses.
- Leading zeros of postal codes vanish in spreadsheets.
- Consent to mailings does not merge: a no wins over a yes.
- Personal data stays in the files that the user gave. Copy none of it into examples.

## Output
Three files, and a table: rows before, merged, for a person, rows after.

## Check before you finish
- [ ] Rows before minus merged rows equals rows after.
- [ ] Every change is in the log.
`,
};
