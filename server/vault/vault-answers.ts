import type { Failure } from '../../shared/contract/failure.ts';
import type { KeyCheck } from '../../shared/contract/key-check.ts';

/** What people are told where a stored key cannot be had. No sentence quotes a key or a root. */
export const VAULT_FAULTS = {
  sealed: {
    code: 'unavailable',
    reason: 'vault_sealed',
    message:
      'This server cannot open stored keys just now: its operator has to look at VAULT_ROOTS and at the log. Runs on a key that you paste go on.',
  },
  gone: {
    code: 'key_missing',
    reason: 'key_gone',
    message:
      'There is no stored key for this run any more: it was removed, or never there. Add one in Settings, Keys, and start the run again.',
  },
  none: (vendor: string): Failure => ({
    code: 'key_missing',
    reason: 'key_gone',
    message: `No key of ${vendor} is stored for your workspace. Add one in Settings, Keys, or use your own key now.`,
  }),
  noTicket: {
    code: 'forbidden',
    message:
      'Nobody who may use a stored key asked for this run as it is now, or it waited for more than a day. Start it again.',
  },
  expired: {
    code: 'key_rejected',
    reason: 'key_expired',
    message:
      'The stored key is older than this workspace or this server allows. Make a new one at the provider, add it in Settings, Keys, and make it the default.',
  },
  unopened: {
    code: 'key_rejected',
    reason: 'key_gone',
    message: 'This stored key cannot be opened: its row was changed. Remove it, and add the key again.',
  },
  inRequest: {
    code: 'invalid_request',
    message:
      'The stored key stands in the goal or another text of this run. Nothing was sent. Take it out there, and start the run again.',
  },
  tooLong: (days: string): Failure => ({
    code: 'invalid_field',
    field: 'maxAgeDays',
    message: `This server allows ${days} days at most.`,
  }),
  unknown: { code: 'not_found', message: 'There is no such key.' },
  manage: {
    code: 'forbidden',
    message: 'Only an admin or owner of this workspace can do this. Ask one of them.',
  },
  forbidden: {
    code: 'forbidden',
    reason: 'no_keys_at_rest',
    message:
      'The policy no-keys-at-rest is in force: no key can be stored here, by nobody. Paste your key for each run on Compose, or ask who set the policy.',
  },
  otherWorkspace: {
    code: 'conflict',
    message:
      'You act in another workspace by now, so nothing was stored. Reload the page and look where you are.',
  },
  sealOnly: {
    code: 'key_malformed',
    message: 'A key that is to be stored has to come sealed. Add it on the page, in Settings, Keys.',
  },
  keyAsText: {
    code: 'invalid_field',
    message: 'This looks like a key, and names are shown to all members. Nothing was stored.',
  },
} as const satisfies Record<string, Failure | ((vendor: string) => Failure)>;

/** Why a key that was checked is not stored; undefined: it works. */
export function checkToFailure({ verdict, message, said }: KeyCheck): Failure | undefined {
  const stored = `${message} Nothing was stored.`;
  const words = said === undefined ? {} : { said };
  switch (verdict) {
    case 'works':
      return undefined;
    case 'rejected':
      return { code: 'key_rejected', message: stored, ...words };
    case 'no_credit':
    case 'no_access':
    case 'wrong_provider':
      return { code: 'key_rejected', reason: verdict, message: stored, ...words };
    case 'unknown':
      return { code: 'provider_failed', message: stored, ...words };
  }
}
