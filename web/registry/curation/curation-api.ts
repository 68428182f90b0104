import { AUTHOR_ROUTES } from '../../../shared/contract/author/author-routes.ts';
import type { ChangeBundle, ReportSkill, TransferBundle } from '../../../shared/contract/author/curation.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { call } from '../../http/call.ts';

export interface Whose {
  readonly publisher: string;
  readonly name: string;
}

export async function changeBundle({ publisher, name }: Whose, change: ChangeBundle): Promise<void> {
  await call(ROUTES.bundle(publisher, name), { method: 'PATCH', body: change });
}

export async function transferBundle({ publisher, name }: Whose, body: TransferBundle): Promise<void> {
  await call(AUTHOR_ROUTES.bundleTransfer(publisher, name), { method: 'POST', body });
}

export async function reportSkill({ publisher, name }: Whose, report: ReportSkill): Promise<void> {
  await call(AUTHOR_ROUTES.skillReports(publisher, name), { method: 'POST', body: report });
}
