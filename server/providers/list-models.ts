import type { ModelInfo } from '../../shared/contract/server-config.ts';
import { type ListedModel, readModelList } from '../../shared/providers/model-list.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { type CheckOptions, fetchWhole, fieldsOf } from './fetch-whole.ts';
import { modelInfoOf } from './prices.ts';
import type { Upstream } from './upstream.ts';

/** The verdict is known already, and whoever asked waits for it. */
const LIST_MS = 5000;

/** The vendor's own list; empty when there is none, or the key may not see it. */
export async function listModels(upstream: Upstream, options: CheckOptions): Promise<ModelInfo[]> {
  const { vendor } = upstream;
  const list = vendor.check.models;
  if (!list) return [];
  const request = { method: 'GET', path: list.path, headers: vendor.headers, body: '' } as const;
  const { sink, end } = await fetchWhole(upstream, request, options, LIST_MS);
  if (end.end !== 'complete' || sink.status !== 200) return [];
  return offered(vendor, readModelList(fieldsOf(sink.body.text())?.[list.list], list.id));
}

/** What a vendor's list says of a model, with prices from the table where it has none. */
export function offered(vendor: Vendor, listed: readonly ListedModel[]): ModelInfo[] {
  return listed.map(({ id, name, contextTokens, endsOn, inputUsd, outputUsd }) => {
    const plain = id.replace(/^models\//, '');
    const known = modelInfoOf(vendor, plain);
    return {
      id: plain,
      name: name === id ? plain : name,
      contextTokens: contextTokens ?? known.contextTokens,
      inputUsd: known.inputUsd ?? inputUsd,
      outputUsd: known.outputUsd ?? outputUsd,
      ...(endsOn !== undefined && { endsOn }),
    };
  });
}
