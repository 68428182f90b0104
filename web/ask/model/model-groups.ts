import type { ModelInfo } from '../../../shared/contract/server-config.ts';
import type { ModelsAtHand } from './model-memory.ts';

export interface ModelGroup {
  readonly label: string;
  readonly models: readonly ModelInfo[];
}

/** The last option. No model's id: ids have no blanks. */
export const OTHER = 'another id';

/** The models whose name or id has every word of the query: favourites, recent ones, then the others in the provider's order. Each once. */
export function groupModels(
  models: readonly ModelInfo[],
  { favourites, recent }: ModelsAtHand,
  query: string,
): readonly ModelGroup[] {
  const words = query.toLowerCase().split(/\s+/);
  const fits = ({ id, name }: ModelInfo): boolean => {
    const text = `${name} ${id}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const shown = new Set<string>();
  const group = (label: string, listed: readonly ModelInfo[]): ModelGroup => {
    const fresh = listed.filter((model) => !shown.has(model.id) && fits(model));
    for (const { id } of fresh) shown.add(id);
    return { label, models: fresh };
  };
  const known = (id: string): ModelInfo => models.find((model) => model.id === id) ?? ownModel(id);
  const groups = [group('Favourites', favourites.map(known)), group('Recent', recent.map(known))];
  const isBegun = groups.some((one) => one.models.length > 0);
  return [...groups, group(isBegun ? 'Others' : 'All models', models)].filter((one) => one.models.length > 0);
}

/** A model of which only its id is known: a fine-tune, a deployment, one that is newer than the prices. */
export function ownModel(id: string): ModelInfo {
  return { id, name: id, contextTokens: null, inputUsd: null, outputUsd: null };
}
