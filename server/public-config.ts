import type { ProviderInfo, ServerConfig } from '../shared/contract/server-config.ts';
import { hostOf } from '../shared/providers/resolve-origin.ts';
import type { Vendor } from '../shared/providers/vendor.ts';
import { modelsOf, PRICES_DATE } from './providers/prices.ts';
import type { ServerSigner } from './receipts/server-signer.ts';
import type { SealingKeys } from './sealing/sealing-keys.ts';

/** What `GET /v1/config` tells of a provider. */
export function providerInfo(vendor: Vendor): ProviderInfo {
  return {
    id: vendor.id,
    name: vendor.name,
    host: hostOf(vendor),
    key: vendor.key,
    keyHint: vendor.keyHint,
    ...(vendor.keysUrl !== undefined && { keysUrl: vendor.keysUrl }),
    ...(vendor.site && {
      site: { label: vendor.site.label, hint: vendor.site.hint, pattern: vendor.site.pattern.source },
    }),
    sees: vendor.sees,
    ...(vendor.effort && { effort: vendor.effort.model.source }),
    models: [...modelsOf(vendor)],
  };
}

/** What pages may know of this server. Nothing here is secret, for anyone can ask. */
export interface PublicConfigParts {
  readonly build: string;
  readonly providers: readonly ProviderInfo[];
  readonly sealing: SealingKeys;
  readonly signer: ServerSigner;
  readonly requireSealed: boolean;
  readonly wallClock: () => number;
  readonly accounts?: ServerConfig['accounts'];
  readonly hosted?: ServerConfig['hosted'];
  readonly vault?: ServerConfig['vault'];
}

/** The answer of `GET /v1/config` for one visitor; `me` says who that is. */
export async function publicConfig(parts: PublicConfigParts, me: ServerConfig['me']): Promise<ServerConfig> {
  return {
    build: parts.build,
    now: parts.wallClock(),
    providers: [...parts.providers],
    sealing: await parts.sealing.current(),
    requireSealed: parts.requireSealed,
    receiptKey: parts.signer.publicKey,
    pricesDate: PRICES_DATE,
    me,
    ...(parts.accounts && { accounts: parts.accounts }),
    ...(parts.hosted && { hosted: parts.hosted }),
    ...(parts.vault && { vault: parts.vault }),
  };
}
