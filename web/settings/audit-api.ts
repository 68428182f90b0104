import { type AuditPage, auditPage } from '../../shared/contract/audit.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { call, callJson } from '../http/call.ts';
import { download } from '../ui/download.ts';

/** As the form has it: empty means any. Days are this browser's, `to` is the last one that counts. */
export interface AuditSearch {
  readonly handle: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
}

export function listAudit(
  search: AuditSearch,
  before: number | null,
  signal: AbortSignal,
): Promise<AuditPage> {
  return callJson(
    auditPage,
    `${ROUTES.audit}?${queryOf(search, before === null ? {} : { before: String(before) })}`,
    { signal },
  );
}

export async function exportAudit(search: AuditSearch): Promise<void> {
  const response = await call(`${ROUTES.audit}?${queryOf(search, { format: 'csv' })}`);
  download('audit.csv', new Uint8Array(await response.arrayBuffer()), 'text/csv');
}

function queryOf(
  { handle, action, from, to }: AuditSearch,
  more: Readonly<Record<string, string>>,
): URLSearchParams {
  const query = new URLSearchParams(more);
  if (handle !== '') query.set('handle', handle.toLowerCase());
  if (action !== '') query.set('action', action);
  const begin = dayStart(from, 0);
  const end = dayStart(to, 1);
  if (begin) query.set('from', begin);
  if (end) query.set('to', end);
  return query;
}

/** Midnight by this browser's clock, `plusDays` later, as an instant; undefined for what is no date. */
function dayStart(day: string, plusDays: number): string | undefined {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (year === undefined) return undefined;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + plusDays);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}
