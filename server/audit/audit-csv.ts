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

export const CSV_HEAD = `${COLUMNS.join(',')}\r\n`;

/** One line after RFC 4180. */
export function entryToCsv(entry: AuditEntry): string {
  const values = COLUMNS.map((column) =>
    column === 'detail' ? JSON.stringify(entry.detail) : String(entry[column] ?? ''),
  );
  return `${values.map(cell).join(',')}\r\n`;
}

/** A spreadsheet runs a cell that begins with one of these as a formula; the quote before it makes it text (OWASP, CSV injection). */
function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
