import type { Origin, RunOutcome } from '../../shared/contract/saved-plan.ts';
import type { ServerConfig } from '../../shared/contract/server-config.ts';

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

/** The provider by its name, the model, and whose credentials where there were any. */
export function originInWords(
  { provider, model, credentials }: Origin,
  config: ServerConfig | undefined,
): string {
  const name = config?.providers.find(({ id }) => id === provider)?.name ?? provider;
  return `${name} · ${model}${CREDENTIALS[credentials]}`;
}

const CREDENTIALS: Record<Origin['credentials'], string> = {
  user: ' · your key',
  stored: ' · stored key',
  operator: ' · on this server',
  none: '',
};
