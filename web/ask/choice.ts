import * as z from 'zod/mini';
import { defaultModel } from '../../shared/compose/default-model.ts';
import type { ProviderInfo, ServerConfig } from '../../shared/contract/server-config.ts';

/** Provider, model, site and effort as last chosen in this browser. The key is never among them. */
const choice = z.object({
  provider: z.string(),
  models: z._default(z.record(z.string(), z.string()), {}),
  sites: z._default(z.record(z.string(), z.string()), {}),
  effort: z.optional(z.enum(['faster', 'better'])),
});
export type Choice = z.infer<typeof choice>;

const STORAGE_NAME = 'oneturn.choice';
/** What a newcomer gets: nothing chosen yet. */
export const FIRST_CHOICE: Choice = { provider: '', models: {}, sites: {} };

/** The choice that this browser remembers, or the first one when there is none or it cannot be read. */
export function readChoice(storage: Pick<Storage, 'getItem'>): Choice {
  try {
    return z.parse(choice, JSON.parse(storage.getItem(STORAGE_NAME) ?? ''));
  } catch {
    return FIRST_CHOICE;
  }
}

/** Remembers provider, models and sites, and nothing of a key. */
export function rememberChoice(storage: Pick<Storage, 'setItem'>, next: Choice): void {
  try {
    storage.setItem(STORAGE_NAME, JSON.stringify(next));
  } catch {
    // Storage is off: the choice lasts as long as the page.
  }
}

/** The remembered provider if the server still has it, else the first that takes a key: the sandbox is an offer beside it. */
export function chosenProvider(config: ServerConfig, { provider }: Choice): ProviderInfo | undefined {
  const byId = (id: string): ProviderInfo | undefined => config.providers.find((known) => known.id === id);
  return byId(provider) ?? config.providers.find(({ key }) => key !== 'none') ?? config.providers[0];
}

/** The model as typed or chosen before, else one of the middle. */
export function chosenModel(provider: ProviderInfo, { models }: Choice): string {
  return models[provider.id] ?? defaultModel(provider.models)?.id ?? '';
}

/** What a press would run on: the user's key, an endpoint of the operator's that is asked without one, or the sandbox. */
export type RunsOn = 'key' | 'no-key' | 'sandbox';

/** `holdsKey`: there is one in the field, or the run that goes on took one out of it. */
export function runsOn(provider: ProviderInfo | undefined, holdsKey: boolean): RunsOn {
  switch (provider?.key) {
    case 'none':
      return 'sandbox';
    case 'optional':
      return holdsKey ? 'key' : 'no-key';
    case 'required':
    case undefined:
      return 'key';
  }
}

/** The host that the requests go to, with the site put in when it is known: `<resource>.openai.azure.com`. */
export function providerHost(provider: ProviderInfo, site: string): string {
  return site === '' ? provider.host : provider.host.replace(/<[^>]+>/, site);
}
