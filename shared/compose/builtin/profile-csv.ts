import type { PublishedSkill } from '../../skills/published-skill.ts';

/** A published skill of every Oneturn: a report on a data file that leaves the file as it is. */
export const PROFILE_CSV: PublishedSkill = {
  owner: 'oneturn',
  name: 'profile-csv',
  version: '1.0.0',
  description:
    'Describes and checks a CSV, TSV or spreadsheet export: columns, types, missing values, duplicates, outliers and what to repair. Use when the user opens a data file, asks what is in it or whether it is clean, or before numbers from it are trusted. Not for charts or statistics beyond a summary.',
  body: `# Profile a CSV file

A short report on what a table holds and what is wrong with it. The file itself is never changed.

## Steps
1. Look at the first 5 and the last 5 lines as text. Settle encoding, separator, quote character, header row, and trailing totals or notes before any parsing, because every later count depends on them.
2. Count the rows with a CSV parser, not by lines: quoted fields may hold line breaks.
3. For every column note: the type that at least 95 % of its values have, the share that is empty, distinct values, minimum and maximum, three examples.
4. Look for a key: a column, or a pair, without duplicates and gaps. Report exact duplicate rows apart from duplicate keys.
5. List what does not fit its column's type, with line numbers, at most five for each column.
6. Write the report in the shape below. Offer repairs; make none of them until the user says which.

## Gotchas
- Leading zeros (postal codes, article numbers) are text. Reading them as numbers destroys them.
- 03/04/2026 has two meanings. Find a value above 12 in either place; if there is none, ask.
- "NA" may be a country, a region or a missing value. Look at the column before you count it as empty.
- A decimal comma makes a number column look like text, and a semicolon the likely separator.
- More than 100 MB: read in chunks and say that distinct counts are estimates.

## Output
\`\`\`markdown
# members.csv: 1,204 rows, 4 columns, UTF-8, semicolon
| column | type | empty | distinct | range or examples |
| --- | --- | --- | --- | --- |
| member_no | text | 0 % | 1,204 | 00017 … 09921 (key) |
| joined | date | 2 % | 388 | 1998-04-01 … 2026-02-11 |

## To repair
1. Line 411: \`joined\` is "spring 2003".
2. Lines 90 and 733 are the same row.
\`\`\`

## Check before you finish
- [ ] Rows in the report plus header plus skipped lines equal the records in the file.
- [ ] Every problem has a line number that you looked at.
- [ ] The file's modification time is what it was.
If one fails, go back to step 1; the separator or the header row is the usual cause.
`,
};
