import type { Context } from 'hono';
import type { StoredKeyTest } from '../../shared/contract/vault/stored-key.ts';
import type { WhoVariables } from '../access/who.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { isUuid } from '../http/read-query.ts';
import { callProvider } from './call-provider.ts';
import { findKey } from './key-store.ts';
import { openStored } from './open-stored.ts';
import { VAULT_FAULTS } from './vault-answers.ts';
import type { VaultRouteParts } from './vault-parts.ts';

/** `POST /v1/keys/:id/test`: one call on a stored key, to the model that it was added with. */
export async function testStored(
  c: Context<WhoVariables>,
  id: string,
  parts: VaultRouteParts,
): Promise<Response> {
  const { audit, db } = parts;
  const row = isUuid(id) ? await findKey(db, c.var.who.workspaceId, id) : undefined;
  const vendor = row && parts.vendorOf(row.provider);
  const origin = vendor && parts.originOf(vendor, row.site === '' ? undefined : row.site);
  if (row === undefined || vendor === undefined || origin === undefined)
    return failureResponse(c, VAULT_FAULTS.unknown);
  const slot = await parts.checkLimits.acquire([c.var.who.userId]);
  if (!slot.ok) return failureResponse(c, slot.failure);
  try {
    const about = { subject: row.id, provider: row.provider, model: row.model };
    // written first: what cannot be written down is not opened
    await audit.write(
      whoToEvent(c, { action: 'vault.key-open', outcome: 'ok', ...about, detail: { for: 'test' } }),
    );
    const key = await openStored(row, parts);
    if (key === undefined) {
      await audit.write(whoToEvent(c, { action: 'vault.key-test', outcome: 'failed', ...about }));
      return failureResponse(c, VAULT_FAULTS.unopened);
    }
    try {
      const check = await callProvider(
        { key, vendor, origin, model: row.model, signal: c.req.raw.signal },
        parts,
      );
      const outcome = check.verdict === 'works' ? 'ok' : 'failed';
      const detail = { verdict: check.verdict, origin };
      await audit.write(whoToEvent(c, { action: 'vault.key-test', outcome, ...about, detail }));
      return c.json<StoredKeyTest>({ ...check, keyId: row.id, origin, model: row.model });
    } finally {
      key.wipe();
    }
  } finally {
    slot.release();
  }
}
