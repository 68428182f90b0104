import { estimateRun, type Prices } from './estimate.ts';

interface Priced extends Prices {
  readonly id: string;
}

/**
 * Shares of the cost of a run on the vendor's dearest model. That one is priced for hard reasoning, which texts of this length do not need.
 */
const LEAST = 1 / 7;
const MOST = 1 / 3;

/** Models whose names say that they serve one purpose: code, pictures, or the smallest size. */
const SPECIAL = /cod(?:e|er)\b|\bvl\b|nano|preview/;

/**
 * The model that is preselected, by what a run costs: the first in the vendor's order (newest first) that costs between a seventh and a
 * third of the dearest. Where there is none, the cheapest above a third except the dearest, then the dearest below. Without prices the
 * first. Undefined for an empty list.
 */
export function defaultModel<Model extends Priced>(models: readonly Model[]): Model | undefined {
  const priced = models.flatMap((model) => {
    const usd = estimateRun(0, model).highUsd;
    return usd === null ? [] : [{ model, usd }];
  });
  const dearest = Math.max(...priced.map(({ usd }) => usd));
  const general = priced.filter(({ model }) => !SPECIAL.test(model.id));
  const byPrice = general.toSorted((a, b) => a.usd - b.usd);
  const found =
    general.find(({ usd }) => usd >= dearest * LEAST && usd <= dearest * MOST) ??
    byPrice.find(({ usd }) => usd > dearest * MOST && usd < dearest) ??
    byPrice.findLast(({ usd }) => usd < dearest);
  return found?.model ?? models[0];
}
