import type { Failure } from '../../../shared/contract/failure.ts';
import { runRequest } from '../../../shared/contract/run-request.ts';
import { redactText } from '../../../shared/providers/redact-patterns.ts';
import { KEY_FAULTS } from '../../../shared/sealing/key-faults.ts';
import type { JobOwner, Quoted, WantedRun } from '../../hosted/payer.ts';
import { holdsKey } from '../../keys/holds-key.ts';
import { findKey } from '../key-store.ts';
import { openStored } from '../open-stored.ts';
import { siteFault, UNKNOWN_PROVIDER } from '../receive-stored.ts';
import { VaultSealed } from '../roots/root.ts';
import { VAULT_FAULTS } from '../vault-answers.ts';
import type { VaultParts } from '../vault-parts.ts';
import { defaultKeys } from './usable-keys.ts';

type QuoteParts = Pick<VaultParts, 'db' | 'secrets' | 'vendorOf' | 'originOf' | 'maxAgeDays' | 'log'>;

/** What a run on a stored key would be on. It reserves nothing: its vendor bills whoever the key is of. */
export async function quoteStored(
  { workspaceId }: JobOwner,
  wanted: WantedRun,
  parts: QuoteParts,
): Promise<Quoted> {
  const { db, vendorOf, originOf, maxAgeDays } = parts;
  const refused = (failure: Failure): Quoted => ({ ok: false, failure });
  const vendor = vendorOf(wanted.provider ?? '');
  if (vendor === undefined) return refused(UNKNOWN_PROVIDER);
  if (vendor.key === 'none') return refused(KEY_FAULTS.takesNone(vendor.name));
  if (originOf(vendor, wanted.site) === undefined) return refused(siteFault(vendor));
  const keys = await defaultKeys(db, workspaceId, maxAgeDays);
  const key = keys.find(({ provider, site }) => provider === vendor.id && site === (wanted.site ?? ''));
  if (key === undefined) return refused(VAULT_FAULTS.none(vendor.name));
  if (key.expired) return refused(VAULT_FAULTS.expired);
  const model = runRequest.shape.model.safeParse(wanted.model ?? key.model);
  if (!model.success) return refused(NO_MODEL);
  // it is kept in the run's row, which nobody may find a key in
  if (redactText(model.data) !== model.data) return refused(KEY_AS_MODEL);
  // the key's own was compared with it when it was added
  const fault =
    model.data === key.model ? undefined : await keyAsModel(workspaceId, key.id, model.data, parts);
  if (fault !== undefined) return refused(fault);
  return {
    ok: true,
    value: { provider: vendor.id, model: model.data, credentials: 'stored', reserveUsd: 0 },
  };
}

/** Not every vendor's keys look like keys: the one that the run would be on is compared, and no other can be known. */
async function keyAsModel(
  workspaceId: string,
  id: string,
  model: string,
  parts: QuoteParts,
): Promise<Failure | undefined> {
  const row = await findKey(parts.db, workspaceId, id);
  if (row === undefined) return VAULT_FAULTS.gone;
  try {
    const key = await openStored(row, parts);
    if (key === undefined) return VAULT_FAULTS.unopened;
    try {
      return holdsKey(key, model) ? KEY_AS_MODEL : undefined;
    } finally {
      key.wipe();
    }
  } catch (error) {
    if (!(error instanceof VaultSealed)) throw error;
    parts.log.error('the vault is sealed', { repair: error.message });
    return VAULT_FAULTS.sealed;
  }
}

const NO_MODEL: Failure = {
  code: 'invalid_field',
  field: 'model',
  message: 'A model id has letters, digits and . : / @ - only.',
};

const KEY_AS_MODEL: Failure = {
  code: 'invalid_field',
  field: 'model',
  message: 'This looks like a key, not like a model. Nothing was sent or stored.',
};
