import type { Kysely } from 'kysely';
import type { Vendor } from '../../shared/providers/vendor.ts';
import type { FindWho } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import type { UpstreamParts } from '../keys/key-upstream.ts';
import type { SealOpener } from '../keys/open-seal.ts';
import type { CallLimits } from '../providers/call-limits.ts';
import type { RunLimits } from '../runs/run-limits.ts';
import type { Database } from '../storage/database.ts';
import type { Log } from '../telemetry/log.ts';
import type { WorkspaceSecrets } from './workspace-secrets.ts';

/** What opening a stored key and calling its provider takes. */
export interface VaultParts extends UpstreamParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly secrets: WorkspaceSecrets;
  readonly vendorOf: (id: string) => Vendor | undefined;
  /** Scheme, host and port; undefined where `site` does not name an allowed host. */
  readonly originOf: (vendor: Vendor, site: string | undefined) => string | undefined;
  /** The operator's bound on a key's age; undefined: none. */
  readonly maxAgeDays: number | undefined;
  readonly log: Log;
}

/** What the routes need beside that. */
export interface VaultRouteParts extends VaultParts, SealOpener {
  readonly findWho: FindWho;
  readonly limits: CallLimits;
  /** Bounds the calls to providers that people cause by adding and testing keys. */
  readonly checkLimits: RunLimits;
}
