import type { StoredKey } from '../../shared/contract/vault/stored-key.ts';
import { formatDay, formatDayAndTime } from '../ui/dates.ts';
import { formatAgo, plural } from '../ui/format.ts';

/** `…abcd · Active`: all that is ever shown of a key. Short ones have no last four. */
export function keyInWords(key: StoredKey): string {
  return `${key.lastFour === null ? 'short key' : `…${key.lastFour}`} · ${stateInWords(key)}`;
}

const GONE: Readonly<Record<string, string>> = {
  deleted: 'Removed',
  revoked: 'Revoked',
  replaced: 'Replaced',
  policy: 'Destroyed by the policy no-keys-at-rest',
  paused: 'Revoked when the workspace was paused',
};

function stateInWords({ state, previousUntil, endedAt, endedWhy, openRuns }: StoredKey): string {
  switch (state) {
    case 'active':
      return 'Active';
    case 'previous':
      return previousUntil === null
        ? 'Active (previous)'
        : `Active (previous) until ${formatDayAndTime(previousUntil)}`;
    case 'retiring':
      return `Leaving, when ${plural(openRuns, 'run')} end${openRuns === 1 ? 's' : ''}`;
    case 'destroyed':
      return `${GONE[endedWhy ?? ''] ?? 'Gone'}${endedAt === null ? '' : ` ${formatDay(endedAt)}`}`;
  }
}

/** Who added it, when it was used last and how that ended, and until when it may be used. */
export function historyInWords(key: StoredKey, now = Date.now()): string {
  const { addedBy, addedAt, lastUsedAt, lastOutcome, expiresAt, openRuns, state } = key;
  const used =
    lastUsedAt === null
      ? 'never used'
      : `used ${formatAgo(now - Date.parse(lastUsedAt))}${lastOutcome === null ? '' : `, ${lastOutcome}`}`;
  const runs = openRuns > 0 && state !== 'retiring' ? [`${plural(openRuns, 'run')} on it now`] : [];
  return [
    `added by ${addedBy} on ${formatDay(addedAt)}`,
    used,
    ...runs,
    ...(expiresAt === null ? [] : [expiryInWords(expiresAt, now)]),
  ].join(' · ');
}

const DAY_MS = 86_400_000;

function expiryInWords(expiresAt: string, now: number): string {
  const days = Math.ceil((Date.parse(expiresAt) - now) / DAY_MS);
  if (days <= 0) return `too old since ${formatDay(expiresAt)}`;
  return days <= 14 ? `too old in ${plural(days, 'day')}` : `may be used until ${formatDay(expiresAt)}`;
}
