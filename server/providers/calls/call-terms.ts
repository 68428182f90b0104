import type { ModelCall } from '../../../shared/compose/ask.ts';
import { buildRequest, type WireRequest } from '../../../shared/providers/formats/build-request.ts';
import { onTerms, weaker, withinMinute } from '../../../shared/providers/negotiate.ts';
import type { Terms } from '../../../shared/providers/terms.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import type { StreamCall } from '../stream-call.ts';
import { learnTerms, termsOf } from './learned-terms.ts';

/** What the plan of a run's key allows in a minute, as a refusal told it. It is that run's own, and shared with no other. */
export interface MinuteAllowance {
  tokens: number | undefined;
}

export interface CallTermsParts {
  readonly vendor: Vendor;
  readonly origin: string;
  readonly model: string;
  readonly call: ModelCall;
  readonly minute: MinuteAllowance;
}

/** The terms that one call is made on: they begin with what was learned before, and get weaker with each refusal of the request. */
export class CallTerms {
  readonly #parts: CallTermsParts;
  #terms: Terms;
  #weakened = false;

  constructor(parts: CallTermsParts) {
    const { vendor, origin, model, call, minute } = parts;
    this.#parts = parts;
    this.#terms = withinMinute(call, termsOf(vendor, origin, model), minute.tokens);
  }

  request(): WireRequest {
    const { vendor, model, call } = this.#parts;
    const [weakened, asked] = onTerms(vendor, call, this.#terms);
    const request = buildRequest(weakened, model, asked);
    // Also when only the prompt asks for JSON.
    return call.schema ? { ...request, json: true } : request;
  }

  /** The provider took the request on these terms. */
  taken(): void {
    const { origin, model } = this.#parts;
    if (this.#weakened) learnTerms(origin, model, this.#terms);
  }

  /**
   * Whether less can be asked for after this result. Only where the request itself was refused: no answer has begun, nothing was
   * charged. Ends at some point, for the terms are weaker each time.
   */
  weaken(result: StreamCall): boolean {
    if (result.kind !== 'failure' || result.status === null || result.status < 400 || result.status >= 500)
      return false;
    const { vendor, call, minute } = this.#parts;
    const terms = weaker(vendor, call, this.#terms, result.failure);
    if (!terms) return false;
    this.#terms = terms;
    this.#weakened = true;
    minute.tokens = terms.minute?.tokens ?? minute.tokens;
    return true;
  }
}
