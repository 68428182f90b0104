import type { Config } from '../config/config.ts';
import type { ServerSigner } from '../receipts/server-signer.ts';
import type { Storage } from '../storage/start-storage.ts';
import type { Log } from '../telemetry/log.ts';
import { createKeyPolicies, type KeyPolicies } from '../vault/policy/create-policy.ts';
import type { AccountParts } from './start-accounts.ts';

/** The policy no-keys-at-rest, also where there is no vault. Resolves when the operator's setting is in force. */
export function startPolicies({
  storage: { db },
  accounts: { audit, findWho, roleIn },
  config,
  signer: { sign },
  log,
}: {
  readonly storage: Pick<Storage, 'db'>;
  readonly accounts: AccountParts;
  readonly config: Config;
  readonly signer: ServerSigner;
  readonly log: Log;
}): Promise<KeyPolicies> {
  return createKeyPolicies({
    ...{ db, audit, findWho, roleIn, sign, log },
    publicOrigin: config.PUBLIC_URL && new URL(config.PUBLIC_URL).origin,
    noKeysAtRest: config.NO_KEYS_AT_REST === 'on',
  });
}
