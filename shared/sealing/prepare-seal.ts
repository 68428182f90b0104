import type { ServerConfig } from '../contract/server-config.ts';
import { fromBase64url } from './base64url.ts';
import type { KeyRules } from './key-shape.ts';
import { bodyDigest, type SealPurpose, sealBinding, suite, writeSeal } from './seal-format.ts';

/** What a seal is bound to. The key is no part of it. */
export interface TurnContext {
  readonly config: ServerConfig;
  readonly provider: string;
  readonly site?: string | undefined;
  readonly runId: string;
  /** The request's body exactly as it will be sent. */
  readonly body: string;
  /** The server's time, epoch ms, by its `now` and the time since then. */
  readonly serverNow: number;
  readonly purpose?: SealPurpose;
}

/** A seal that lacks only the key. `close` wants eight bytes of time and then the key, and leaves the erasing of them to its caller. */
export interface PreparedSeal {
  readonly rules: KeyRules;
  readonly serverNow: number;
  /** Makes the header of what is to be sealed. */
  close(plain: Uint8Array): Promise<string>;
}

/** Everything about a seal that can be done before the key is read. */
export async function prepareSeal({
  config,
  provider,
  site = '',
  runId,
  body,
  serverNow,
  purpose,
}: TurnContext): Promise<PreparedSeal> {
  const { id: keyId, server, publicKey } = config.sealing;
  const point = fromBase64url(publicKey);
  if (!point)
    throw new Error('the sealing key of GET /v1/config is not base64url: the server is of another version');
  const recipient = await suite.DeserializePublicKey(point);
  const digest = await bodyDigest(new TextEncoder().encode(body));
  const binding = sealBinding({ server, provider, site, runId, bodyDigest: digest }, purpose);
  return {
    rules: config.providers.find(({ id }) => id === provider) ?? { id: provider, name: provider },
    serverNow,
    close: async (plain) => writeSeal({ keyId, ...(await suite.Seal(recipient, plain, binding)) }),
  };
}
