import type { Context } from 'hono';
import { transferBundle } from '../../../shared/contract/author/curation.ts';
import type { WhoVariables } from '../../access/who.ts';
import { whoToEvent } from '../../audit/who-to-event.ts';
import { failureResponse } from '../../http/failure-response.ts';
import { readJson } from '../../http/read-json.ts';
import type { CurationParts } from './change-route.ts';
import { transferVersions } from './transfer-store.ts';

/** `POST /v1/bundles/<publisher>/<name>/transfer`: another workspace has the bundle from then on. */
export async function transferBundleRoute(
  c: Context<WhoVariables>,
  named: { readonly owner: string; readonly name: string },
  { audit, onChange }: CurationParts,
): Promise<Response> {
  const body = await readJson(c, transferBundle, { maxBytes: 1024 });
  if (!body.ok) return failureResponse(c, body.failure);
  const { workspace } = body.value;
  const done = await audit.transact(async (trx, record) => {
    const result = await transferVersions(trx, c.var.who, named, workspace);
    if (!result.ok || result.from.length === 0) return result;
    const what = { action: 'bundle.transfer', outcome: 'ok', subject: named.name } as const;
    const event = whoToEvent(c, { ...what, detail: { publisher: named.owner, workspace } });
    // in the logs of those that had it and of the one that has it; in one order, so that two transfers wait for each other
    for (const workspaceId of [...result.from, result.to].toSorted()) await record({ ...event, workspaceId });
    return result;
  });
  if (!done.ok) return failureResponse(c, done.failure);
  await onChange();
  return c.json({ versions: done.versions });
}
