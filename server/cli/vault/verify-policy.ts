import * as z from 'zod/mini';
import type { Envelope } from '../../../shared/contract/receipt.ts';
import { POLICY_TYPE, type SignedPolicy, signedPolicy } from '../../../shared/contract/vault/key-policy.ts';
import { openSigned } from '../../receipts/open-signed.ts';

/** The policy that the envelope holds, when that public key (raw, base64url) signed it; else a sentence that says why not. */
export function verifyPolicy(signed: Envelope, publicKey: string): SignedPolicy | string {
  const opened = openSigned(signed, { name: 'policy on stored keys', type: POLICY_TYPE }, publicKey);
  if (typeof opened === 'string') return opened;
  const parsed = z.safeParse(signedPolicy, opened.document);
  return parsed.success
    ? parsed.data
    : 'The signature is good, but the policy is of a version that this tool does not know.';
}

/** What a policy with a good signature comes to at a time, in sentences. `origin`: where it was fetched; undefined: it came as a file. */
export function judgePolicy(
  policy: SignedPolicy,
  now: Date,
  origin: string | undefined,
): { readonly notes: readonly string[]; readonly faults: readonly string[] } {
  const { workspace, noKeysAtRest, holdsUntil, storedKeys, issuedAt, server, setBy } = policy;
  const where = workspace === null ? 'on this server' : `in the workspace ${workspace}`;
  const faults: string[] = [];
  if (!noKeysAtRest) faults.push(`The policy is not in force: keys may be stored ${where}.`);
  else if (storedKeys !== 0) faults.push(`${storedKeys} keys are stored ${where}, against the policy.`);
  if (holdsUntil !== null && Date.parse(holdsUntil) <= now.getTime())
    faults.push(`This copy is too old: it says nothing of the time after ${holdsUntil}. Fetch it again.`);
  if (origin !== undefined && server !== null && server !== origin)
    faults.push(`It is the policy of ${server}, and came from ${origin}.`);

  const notes = [
    ...(noKeysAtRest ? [`No provider key can be stored ${where}.`, `Keys stored: ${storedKeys}.`] : []),
    ...(['operator', 'workspace'] as const).flatMap((who) => {
      const state = setBy[who];
      if (state === null || state.since === null) return [];
      const end = state.liftsAt === null ? '' : ` Its end is announced for ${state.liftsAt}.`;
      return [`Set by the ${who} at ${state.since}.${end}`];
    }),
    ...(holdsUntil === null ? [] : [`No key can be stored before ${holdsUntil}, whoever wants to.`]),
    `Server: ${server ?? 'it has no public address'}. Issued: ${issuedAt}.`,
  ];
  return { notes, faults };
}
