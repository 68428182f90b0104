import type { Context } from 'hono';
import type { Failure } from '../../shared/contract/failure.ts';
import { KEY_HEADER, MAX_BODY_BYTES, RUN_ID, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { type AddStoredKey, addStoredKey } from '../../shared/contract/vault/stored-key.ts';
import { redactText } from '../../shared/providers/redact-patterns.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { KEY_FAULTS } from '../../shared/sealing/key-faults.ts';
import { judgeKey } from '../../shared/sealing/key-shape.ts';
import { bodyDigest, SEAL_PREFIX, sealBinding } from '../../shared/sealing/seal-format.ts';
import type { WhoVariables } from '../access/who.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import { holdsKey } from '../keys/holds-key.ts';
import { openSeal } from '../keys/open-seal.ts';
import { ProviderKey } from '../keys/provider-key.ts';
import { VAULT_FAULTS } from './vault-answers.ts';
import type { VaultRouteParts } from './vault-parts.ts';

/** A key that is to be stored, out of its seal. Whoever holds this wipes it. */
export interface ReceivedKey {
  readonly wish: AddStoredKey;
  readonly key: ProviderKey;
  readonly vendor: Vendor;
  readonly origin: string;
}

export const UNKNOWN_PROVIDER: Failure = {
  code: 'invalid_field',
  field: 'provider',
  message: 'This server does not know that provider. GET /v1/config lists those it does.',
};

type Received =
  | { readonly ok: true; readonly value: ReceivedKey }
  | { readonly ok: false; readonly failure: Failure };

/** Everything that is checked before a provider is asked. The key is opened last, when nothing else can refuse. */
export async function receiveStored(c: Context<WhoVariables>, parts: VaultRouteParts): Promise<Received> {
  const refused = (failure: Failure): Received => ({ ok: false, failure });
  const body = await readBody(c, { maxBytes: MAX_BODY_BYTES });
  if (!body.ok) return body;
  const parsed = parseJson(body.value, addStoredKey);
  if (!parsed.ok) return parsed;
  const wish = parsed.value;
  if (wish.workspace !== c.var.who.workspaceId) return refused(VAULT_FAULTS.otherWorkspace);
  for (const field of ['name', 'model'] as const)
    if (redactText(wish[field]) !== wish[field]) return refused({ ...VAULT_FAULTS.keyAsText, field });
  const vendor = parts.vendorOf(wish.provider);
  if (vendor === undefined) return refused(UNKNOWN_PROVIDER);
  if (vendor.key === 'none') return refused(KEY_FAULTS.takesNone(vendor.name));
  const origin = parts.originOf(vendor, wish.site);
  if (origin === undefined) return refused(siteFault(vendor));

  const opened = await openSealed(c, { wish, vendor, body: body.value }, parts);
  if (!opened.ok) return opened;
  const { key } = opened;
  // all are shown to every member
  const field = (['name', 'model', 'site'] as const).find((one) => holdsKey(key, wish[one] ?? ''));
  if (field === undefined) return { ok: true, value: { wish, key, vendor, origin } };
  key.wipe();
  return refused({ ...VAULT_FAULTS.keyAsText, field });
}

/** What the header's seal is bound to. */
interface Sealed {
  readonly wish: AddStoredKey;
  readonly vendor: Vendor;
  readonly body: Uint8Array<ArrayBuffer>;
}

async function openSealed(
  c: Context<WhoVariables>,
  { wish, vendor, body }: Sealed,
  parts: VaultRouteParts,
): Promise<
  { readonly ok: true; readonly key: ProviderKey } | { readonly ok: false; readonly failure: Failure }
> {
  const refused = (failure: Failure) => ({ ok: false, failure }) as const;
  const runId = c.req.header(RUN_ID_HEADER) ?? '';
  const header = c.req.header(KEY_HEADER);
  if (header === undefined) return refused(KEY_FAULTS.missing(vendor.name));
  if (!header.startsWith(SEAL_PREFIX)) return refused(VAULT_FAULTS.sealOnly);
  if (!RUN_ID.test(runId) || !(await parts.checkLimits.isFirst(runId))) return refused(KEY_FAULTS.stale);
  const context = {
    ...{ server: parts.sealing.server, provider: wish.provider, site: wish.site ?? '', runId },
    bodyDigest: await bodyDigest(body),
  };
  const bytes = await openSeal(header, sealBinding(context, 'vault seal'), parts);
  if (bytes === undefined) return refused(KEY_FAULTS.stale);
  try {
    const fault = judgeKey((at) => bytes[at] ?? 0, bytes.length, vendor);
    return fault === undefined ? { ok: true, key: new ProviderKey(bytes) } : refused(fault);
  } finally {
    bytes.fill(0);
  }
}

/** Why that site is none of the vendor's. */
export function siteFault(vendor: Vendor): Failure {
  const message = vendor.site
    ? `Name the ${vendor.site.label.toLowerCase()} at ${vendor.name}, for example ${vendor.site.hint}.`
    : `${vendor.name} has one fixed host. Leave out "site".`;
  return { code: 'invalid_field', field: 'site', message };
}
