import { expect, test } from 'vitest';
import { openNotes } from '../../../../shared/compose/drafts/open-notes.ts';
import { MAX_NOTES, type Note } from '../../../../shared/contract/plan.ts';

const note = (text: string, must = false): Note => ({ text, must });
const CONFIRM = note('Sends the mails at once; let the user confirm them first.', true);
const SHEET = note('Name the sheet of the ledger.');

test('what was worked in is not open, what was not is, and what must be done comes first', () => {
  expect(openNotes([SHEET, CONFIRM], [], [])).toEqual([CONFIRM, SHEET]);
  expect(openNotes([SHEET, CONFIRM], [CONFIRM], [])).toEqual([SHEET]);
});

test('a note that the second look has in other words is told once, in its words', () => {
  const again = note('Ask the user to confirm the mails first.', true);
  expect(openNotes([CONFIRM], [], [again])).toEqual([again]);
  expect(openNotes([CONFIRM], [], [SHEET])).toEqual([CONFIRM, SHEET]);
});

test('notes without a word are one only when they are the same', () => {
  expect(openNotes([note('???')], [], [note('???')])).toHaveLength(1);
  expect(openNotes([note('???')], [], [note('!!!')])).toHaveLength(2);
});

test('no more than a reader takes', () => {
  const many = Array.from({ length: MAX_NOTES + 5 }, (_, at) => note(`Alpha${at} beta${at} gamma${at}`));
  expect(openNotes(many, [], [])).toHaveLength(MAX_NOTES);
});
