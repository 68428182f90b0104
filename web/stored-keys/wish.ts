import type { Failure } from '../../shared/contract/failure.ts';
import { toSite } from '../../shared/contract/run-limits.ts';
import type { ModelInfo, ProviderInfo } from '../../shared/contract/server-config.ts';
import { holdsKey, KEY_IN_MODEL } from '../ask/model/model-id.ts';
import { formatUsd } from '../ui/format.ts';

/** What is asked for beside the key. */
export interface Wish {
  readonly provider: string;
  readonly name: string;
  readonly site: string;
  /** Which model the check asks; undefined: the cheapest. */
  readonly model?: string | undefined;
  /** The model is typed: keys may use others than those that are listed. */
  readonly typed?: boolean;
}

/** A check asks for one token, and its question is shorter than this. */
const QUESTION_TOKENS = 50;

/** The model that the check asks, as its id. */
export function checkModel({ model }: Wish, { models }: ProviderInfo): string {
  return model ?? cheapest(models)?.id ?? '';
}

function cheapest(models: readonly ModelInfo[]): ModelInfo | undefined {
  const priced = models.filter(({ inputUsd, outputUsd }) => inputUsd !== null && outputUsd !== null);
  const costOf = (one: ModelInfo): number => checkUsd(one) ?? 0;
  return priced.toSorted((a, b) => costOf(a) - costOf(b))[0] ?? models[0];
}

function checkUsd({ inputUsd, outputUsd }: ModelInfo): number | undefined {
  if (inputUsd === null || outputUsd === null) return undefined;
  return (QUESTION_TOKENS * inputUsd + outputUsd) / 1e6;
}

/** What the check costs, before it is made. */
export function checkCost(wish: Wish, provider: ProviderInfo): string {
  const facts = provider.models.find(({ id }) => id === checkModel(wish, provider));
  const usd = facts && checkUsd(facts);
  const price =
    usd === undefined ? 'its price is not known here' : usd === 0 ? 'free' : `less than ${formatUsd(usd)}`;
  return `Before it is stored, one call checks it: for nothing where ${provider.name} has such a call, else for one token (${price}).`;
}

/** What is wrong in a field other than the key's. Nobody's key is shown to all members as a name. */
export function wishProblem(wish: Wish, provider: ProviderInfo): Failure | undefined {
  const at = (field: string, message: string): Failure => ({ code: 'invalid_field', field, message });
  const { name, site } = wish;
  const model = checkModel(wish, provider);
  if (name.trim() === '') return at('name', 'Give it a name, so that you know it in the list.');
  for (const [field, text] of [
    ['name', name],
    ['model', model],
    ['site', site],
  ] as const)
    if (holdsKey(text)) return at(field, KEY_IN_MODEL);
  if (provider.site && !new RegExp(provider.site.pattern).test(toSite(site)))
    return at('site', `Such as ${provider.site.hint}`);
  return model === '' ? at('model', 'Name a model that the key may use.') : undefined;
}
