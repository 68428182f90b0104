import type { WireRequest } from '../../shared/providers/formats/build-request.ts';
import { type Json, jsonOf, parseJson } from '../../shared/providers/read-json.ts';
import type { ResponseHeaders } from '../../shared/providers/refusals/retry-after.ts';
import { BodyCollector } from './body-collector.ts';
import type { CallLimits } from './call-limits.ts';
import { systemClock } from './clock.ts';
import { exchange } from './exchange.ts';
import type { Exchanged, ResponseSink } from './exchange-parts.ts';
import { isCompressed } from './response-head.ts';
import type { Upstream } from './upstream.ts';

/** Of a question that is no run. */
export interface CheckOptions {
  readonly signal: AbortSignal;
  readonly limits: CallLimits;
  readonly now: () => number;
  /** By `now`: the whole check is over then, whichever question it is at. */
  readonly endsAt: number;
}

/** One question of a check may take this long, whatever a run may. */
export const QUESTION_MS = 15_000;
/** OpenRouter's list of models is some hundred kilobytes. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

class WholeBody implements ResponseSink {
  readonly body: BodyCollector;
  status = 0;
  headers: ResponseHeaders = {};

  constructor(upstream: Upstream) {
    this.body = new BodyCollector(MAX_LIST_BYTES, upstream.cleaner?.());
  }

  head(status: number, headers: ResponseHeaders): 'not_a_stream' | undefined {
    this.status = status;
    this.headers = headers;
    return isCompressed(headers) ? 'not_a_stream' : undefined;
  }

  data(chunk: Buffer): 'response_too_large' | 'progress' {
    return this.body.push(chunk) ? 'progress' : 'response_too_large';
  }
}

/** One request, and its answer as a whole. */
export async function fetchWhole(
  upstream: Upstream,
  request: WireRequest,
  { signal, limits, now, endsAt }: CheckOptions,
  withinMs = QUESTION_MS,
): Promise<{ readonly sink: WholeBody; readonly end: Exchanged }> {
  const sink = new WholeBody(upstream);
  const end = await exchange(
    upstream,
    request,
    {
      signal,
      limits: { ...limits, maxResponseBytes: MAX_LIST_BYTES },
      clock: { now, after: systemClock.after },
      runEndsAt: Math.min(now() + withinMs, endsAt),
    },
    sink,
  );
  return { sink, end };
}

/** A JSON answer. Together's list is a bare array. */
export function fieldsOf(text: string): Json | undefined {
  const parsed = parseJson(text);
  return Array.isArray(parsed) ? { data: parsed } : jsonOf(parsed);
}
