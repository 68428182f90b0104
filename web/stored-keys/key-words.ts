import type { StoredKey } from '../../shared/contract/vault/stored-key.ts';
import { formatDay, formatDayAndTime } from '../ui/dates.ts';
import { formatAgo, formatUsd, plural } from '../ui/format.ts';

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
    ...(lastUsedAt === null ? [] : [spentInWords(key.spent)]),
    ...(expiresAt === null ? [] : [expiryInWords(expiresAt, now)]),
  ].join(' · ');
}

/** `$0.42 in 30 days, 3 runs`. The provider’s bill is what counts: prices here are the published ones. */
function spentInWords({ usd, runs, unpriced }: StoredKey['spent']): string {
  if (runs === 0) return 'no run in 30 days';
  const count = plural(runs, 'run');
  if (unpriced === 0) return `${formatUsd(usd)} in 30 days, ${count}`;
  if (unpriced === runs && usd === 0) return `${count} in 30 days, at unknown prices`;
  return `at least ${formatUsd(usd)} in 30 days, ${count}, ${unpriced} at unknown prices`;
}

const DAY_MS = 86_400_000;
/** Days before a key is too old at which its warning becomes another one. */
const WARN_DAYS = [1, 7, 14] as const;

/** What stands at a key that is or soon will be too old; undefined: it has time, or is gone. */
export function ageWarning(
  { expiresAt, state }: Pick<StoredKey, 'expiresAt' | 'state'>,
  now = Date.now(),
): { readonly text: string; readonly tone: 'warn' | 'bad' } | undefined {
  if (expiresAt === null || state === 'destroyed') return undefined;
  const days = (Date.parse(expiresAt) - now) / DAY_MS;
  if (days <= 0) return { text: 'too old', tone: 'bad' };
  const within = WARN_DAYS.find((limit) => days <= limit);
  return within && { text: `rotate within ${plural(within, 'day')}`, tone: within === 1 ? 'bad' : 'warn' };
}

function expiryInWords(expiresAt: string, now: number): string {
  const days = Math.ceil((Date.parse(expiresAt) - now) / DAY_MS);
  if (days <= 0) return `too old since ${formatDay(expiresAt)}`;
  return days <= 14 ? `too old in ${plural(days, 'day')}` : `may be used until ${formatDay(expiresAt)}`;
}
