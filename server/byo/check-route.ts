import type { Failure } from '../../shared/contract/failure.ts';
import { keyCheckRequest } from '../../shared/contract/key-check.ts';
import { KEY_CHECK_MS, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { failureResponse } from '../http/failure-response.ts';
import { type KeyUpstream, openUpstream } from '../keys/key-upstream.ts';
import { checkKey } from '../providers/check-key.ts';
import { onDisconnect } from '../runs/on-disconnect.ts';
import { RunAborted } from '../runs/run-aborted.ts';
import { admit, type ByoContext } from './admit.ts';
import type { ByoParts } from './byo-parts.ts';
import { refuse } from './refuse.ts';

const STOPPING: Failure = {
  code: 'internal',
  reason: 'shutdown',
  message:
    'This server is stopping, so it ended the check. That says nothing of the key: check it again in a moment.',
};

/** `POST /v1/intent/byo/check`: one request to the provider in the same way as a run's. It stores nothing and never retries. */
export function createCheckRoute(parts: ByoParts): (c: ByoContext) => Promise<Response> {
  return async (c) => {
    const admission = await admit(c, keyCheckRequest, parts);
    if (!admission.ok) return refuse(c, 'byo check refused', admission, parts);
    const { key, vendor, origin, request, runId, release } = admission.value;
    const controller = new AbortController();
    const stopListening = onDisconnect(c.env, () => controller.abort(new RunAborted('left')));
    let opened: KeyUpstream | undefined;
    parts.running.add(controller);
    try {
      opened = openUpstream(key, vendor, origin, parts);
      const result = await checkKey(opened.upstream, request.model, {
        signal: controller.signal,
        limits: parts.limits,
        now: parts.now,
        endsAt: parts.now() + KEY_CHECK_MS,
      });
      parts.log.info('byo check', {
        request: c.var.requestId,
        run: runId,
        provider: vendor.id,
        verdict: result.verdict,
      });
      const { aborted, reason } = controller.signal;
      if (aborted && reason instanceof RunAborted && reason.why === 'shutdown')
        return failureResponse(c, STOPPING, { [RUN_ID_HEADER]: runId });
      return c.json(result, 200, { [RUN_ID_HEADER]: runId });
    } finally {
      stopListening();
      release();
      opened?.close();
      parts.running.delete(controller);
    }
  };
}
