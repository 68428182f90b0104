import type { Kysely } from 'kysely';
import type { SignedPolicy } from '../../../shared/contract/vault/key-policy.ts';
import { LIFT_WAIT_HOURS } from '../../../shared/contract/vault/key-policy.ts';
import type { Database } from '../../storage/database.ts';
import { countKeys, type PoliciesFor, policiesFor, toState } from './policy-store.ts';

const WAIT_MS = LIFT_WAIT_HOURS * 3_600_000;

/** What is signed of the server's policy, or of one workspace's. No person is named, and no key. */
export async function policyDocument(
  db: Kysely<Database>,
  server: string | null,
  workspace?: { readonly id: string; readonly slug: string },
): Promise<SignedPolicy> {
  const found = await policiesFor(db, workspace?.id);
  const until = holdsUntil(found);
  return {
    ...{ version: 1, server, workspace: workspace?.slug ?? null, issuedAt: found.at.toISOString() },
    noKeysAtRest: until !== undefined,
    holdsUntil: until?.toISOString() ?? null,
    setBy: {
      operator: toState(found.operator),
      workspace: workspace === undefined ? null : toState(found.own),
    },
    storedKeys: until === undefined ? null : await countKeys(db, workspace?.id),
  };
}

/** The later of the two ends; where none was asked for, none can come within the wait. Undefined: neither holds. */
function holdsUntil({ operator, own, at }: PoliciesFor): Date | undefined {
  const ends = [operator, own]
    .filter((row) => row !== undefined)
    .map((row) => row.lifts_at?.getTime() ?? at.getTime() + WAIT_MS);
  return ends.length === 0 ? undefined : new Date(Math.max(...ends));
}
