import type { Context } from 'hono';
import { changeBundle } from '../../../shared/contract/author/curation.ts';
import type { WhoVariables } from '../../access/who.ts';
import type { Audit } from '../../audit/create-audit.ts';
import { whoToEvent } from '../../audit/who-to-event.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { readJson } from '../../http/read-json.ts';
import { changeVersions } from './change-store.ts';

/** What changing and publishing need. `onChange`: what is public has changed. */
export interface CurationParts {
  readonly audit: Audit;
  readonly onChange: () => Promise<void>;
}

/** `PATCH /v1/bundles/<publisher>/<name>`: hides, deprecates and describes; what is signed stays as it is. */
export async function changeBundleRoute(
  c: Context<WhoVariables>,
  named: { readonly owner: string; readonly name: string },
  { audit, onChange }: CurationParts,
): Promise<Response> {
  const body = await readJson(c, changeBundle, { maxBytes: 16_384 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { version, hidden, deprecated, summary } = body.value;
  const changed = await audit.transact(async (trx, record) => {
    const result = await changeVersions(trx, c.var.who, named, body.value);
    if (!result.ok) return result;
    const detail = {
      version: version ?? 'all',
      ...(hidden !== undefined && { hidden }),
      ...(deprecated !== undefined && { deprecated: deprecated !== null }),
      ...(deprecated?.successor !== undefined && { successor: deprecated.successor }),
      ...(summary !== undefined && { summary: summary !== null }),
    };
    await record(whoToEvent(c, { action: 'bundle.change', outcome: 'ok', subject: named.name, detail }));
    return result;
  });
  if (!changed.ok) return failureResponse(c, changed.failure);
  await onChange();
  return c.json({ versions: changed.versions });
}
