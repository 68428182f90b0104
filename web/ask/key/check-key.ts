import * as z from 'zod/mini';
import { KEY_CHECK_PATIENCE_MS } from '../../../shared/contract/run-limits.ts';
import { modelInfo, type ProviderInfo } from '../../../shared/contract/server-config.ts';
import { readFailure } from '../../config/read-failure.ts';
import type { KnownConfig } from '../../config/server-config.ts';
import { randomId } from '../../http/random-id.ts';
import { postCheck } from '../post-run.ts';
import { sealKey } from './seal-key.ts';
import type { KeyCheck } from './use-key-panel.ts';

const answer = z.object({
  verdict: z.enum(['works', 'rejected', 'no_credit', 'no_access', 'wrong_provider', 'unknown']),
  message: z.string(),
  said: z.optional(z.string()),
  models: z.optional(z.array(modelInfo)),
});

/** What "Check my key" is about. `site` is the resource or region of providers that have one. */
export interface CheckRequest {
  readonly provider: ProviderInfo;
  readonly model: string;
  readonly site: string | undefined;
  /** Reads the field and leaves it as it is. */
  readonly peek: () => string;
  readonly currentConfig: () => Promise<KnownConfig>;
}

/** Asks the provider, through this server, whether the key works; sealed like a run. Never rejects. */
export async function checkKey({
  provider,
  model,
  site,
  peek,
  currentConfig,
}: CheckRequest): Promise<KeyCheck> {
  try {
    const runId = randomId();
    const body = JSON.stringify({ provider: provider.id, model, site });
    const turned = await sealKey(peek, {
      known: await currentConfig(),
      provider: provider.id,
      site,
      runId,
      body,
    });
    if (!turned.ok) return { state: 'problem', message: turned.failure.message };

    const response = await postCheck(
      { body, runId, header: turned.header },
      AbortSignal.timeout(KEY_CHECK_PATIENCE_MS),
    );
    if (!response.ok) return { state: 'problem', message: (await readFailure(response)).message };
    const { verdict, message, said, models } = z.parse(answer, await response.json());
    if (verdict !== 'works') return { state: 'problem', message, said };
    return {
      state: 'works',
      message,
      models: models && models.length > 0 ? models : undefined,
    };
  } catch {
    return {
      state: 'problem',
      message: 'The check did not come through. That says nothing of the key: try again, or just plan.',
    };
  }
}
