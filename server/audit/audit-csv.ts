import type { AuditEntry } from '../../shared/contract/audit.ts';

const COLUMNS = [
  'seq',
  'at',
  'handle',
  'action',
  'outcome',
  'subject',
  'provider',
  'model',
  'requestId',
  'detail',
  'hash',
] as const;

/** The names of the columns, in the order of `entryToCsv`. */
export const CSV_HEAD = csvLine(COLUMNS);

/** An entry's values as one line, in the order of `CSV_HEAD`. */
export function entryToCsv(entry: AuditEntry): string {
  const values = COLUMNS.map((column) =>
    column === 'detail' ? JSON.stringify(entry.detail) : String(entry[column] ?? ''),
  );
  return csvLine(values);
}

/** Values as one line of CSV with its line break (RFC 4180); none of them is taken for a formula. */
export function csvLine(values: readonly string[]): string {
  return `${values.map(cell).join(',')}\r\n`;
}

/** A spreadsheet runs a cell that begins with one of these as a formula; the quote before it makes it text (OWASP, CSV injection). */
function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
