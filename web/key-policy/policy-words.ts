import type { KeyPolicy } from '../../shared/contract/vault/key-policy.ts';
import { formatDay, formatDayAndTime } from '../ui/dates.ts';
import { plural } from '../ui/format.ts';

/** Who forbade stored keys, and since when; a sentence for each. Empty: nobody did. */
export function whoForbade({ since, setBy, operator }: KeyPolicy): readonly string[] {
  return [
    ...(operator.since === null
      ? []
      : [
          `The operator of this server forbids stored keys in all workspaces, since ${formatDay(operator.since)}.`,
        ]),
    ...(since === null
      ? []
      : [`${setBy ?? 'An owner'} forbade stored keys in this workspace on ${formatDayAndTime(since)}.`]),
  ];
}

/** What all members are told for as long as an end is announced. */
export function announcedEnds({ liftsAt, liftedBy, operator }: KeyPolicy): readonly string[] {
  return [
    ...(operator.liftsAt === null
      ? []
      : [`The operator’s policy ends on ${formatDayAndTime(operator.liftsAt)}.`]),
    ...(liftsAt === null
      ? []
      : [
          `${liftedBy ?? 'An owner'} asked for the end of the policy: it ends on ${formatDayAndTime(liftsAt)}. Until then an owner can keep it.`,
        ]),
  ];
}

/** What setting the policy would destroy. */
export function whatGoes(storedKeys: number): string {
  if (storedKeys === 0) return 'No key is stored just now, so that nothing is destroyed.';
  const [verb, them] = storedKeys === 1 ? ['is', 'it'] : ['are', 'them'];
  return `${plural(storedKeys, 'stored key')} ${verb} destroyed at once, and runs on ${them} are stopped. At the providers they go on to work: revoke them there, too, if nobody needs them.`;
}

export function whatWent(revokedKeys: number, stoppedRuns: number): string {
  const keys = revokedKeys === 0 ? 'none was stored' : `${plural(revokedKeys, 'key')} destroyed`;
  return `No key can be stored here any more; ${keys}${stoppedRuns === 0 ? '' : `, ${plural(stoppedRuns, 'run')} stopped`}.`;
}
