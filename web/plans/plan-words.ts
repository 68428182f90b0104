import type { Origin, RunOutcome } from '../../shared/contract/saved-plan.ts';

/** A run that did not come to its end, in a tag; nothing for one that did. */
export function outcomeInWords(outcome: RunOutcome): string | undefined {
  switch (outcome) {
    case 'done':
      return undefined;
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'stopped';
  }
}

const CREDENTIALS: Record<Origin['credentials'], string> = {
  user: 'with a key of one’s own',
  operator: 'on this server',
  none: 'without a key',
};

export function originInWords({ provider, model, credentials }: Origin): string {
  return `${provider} ${model}, ${CREDENTIALS[credentials]}`;
}
