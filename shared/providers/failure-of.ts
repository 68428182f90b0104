import type { Failure } from '../contract/failure.ts';
import { refusal } from './failure-sentences.ts';
import { bodyFault, type Fault } from './fault.ts';
import { faultKind } from './fault-kind.ts';
import { type ResponseHeaders, retryAfterSeconds } from './retry-after.ts';
import type { Vendor } from './vendor.ts';

/** A response that is no answer, as one of the contract's failures. The body is looked at and never quoted. */
export function failureOf(
  vendor: Vendor,
  status: number,
  headers: ResponseHeaders,
  bodyText: string,
  nowMs: number = Date.now(),
): Failure {
  const fault = bodyFault(bodyText);
  // AWS has the code in a header: `ThrottlingException:http://internal...`.
  const code = headers['x-amzn-errortype']?.split(':')[0]?.toLowerCase();
  const whole = code === undefined ? fault : { ...fault, codes: [code, ...(fault?.codes ?? [])] };
  return faultFailure(vendor, status, whole, retryAfterSeconds(headers, fault?.retryDelay, nowMs));
}

/** The same for an error that came inside a stream. */
export function faultFailure(
  vendor: Vendor,
  status: number,
  fault: Fault | undefined,
  retryAfter?: number,
): Failure {
  const kind = faultKind(vendor, status, fault);
  const failure = refusal(vendor, kind);
  if (kind !== 'rate_limited' && kind !== 'overloaded') return failure;
  if (kind === 'rate_limited') {
    if (fault?.perDay)
      return {
        ...failure,
        message: `${failure.message} It is a day’s quota: try again tomorrow, or choose another model.`,
      };
    const next = retryAfter === undefined ? 'Wait a minute and try again.' : `Try again in ${retryAfter} s.`;
    return {
      ...failure,
      message: `${failure.message} ${next}`,
      ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
    };
  }
  return { ...failure, ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }) };
}
