import type { Failure } from '../../contract/failure.ts';
import type { Vendor } from '../vendor.ts';
import { refusal } from './failure-sentences.ts';
import { type Fault, refusalBodyFault } from './fault.ts';
import { faultKind } from './fault-kind.ts';
import { wordsOf } from './fault-words.ts';
import { longQuota, untilWords } from './long-quota.ts';
import { type ResponseHeaders, retryAfterSeconds } from './retry-after.ts';
import { draftSaid } from './said.ts';

/** A response that is no answer: its status, its headers, and as much of its body as was read. */
export interface Refused {
  readonly status: number;
  readonly headers: ResponseHeaders;
  readonly text: string;
}

/**
 * Turns a response that is no answer into one of the contract's failures. Its `said` is a draft: the holder of the key takes the key out of
 * it and shortens it (`finishSaid`) before anyone sees it.
 */
export function failureOf(
  vendor: Vendor,
  { status, headers, text }: Refused,
  nowMs: number = Date.now(),
): Failure {
  const fault = refusalFault(headers, text);
  const failure = faultFailure(vendor, status, fault, retrySeconds(fault, headers, nowMs));
  // A page has no error in it that could be read, but still a text.
  const said = failure.said ?? (status < 300 ? undefined : draftSaid(wordsOf(text)));
  return said === undefined ? failure : { ...failure, said };
}

/** What the refusal's body and headers say. */
export function refusalFault(headers: ResponseHeaders, bodyText: string): Fault | undefined {
  const fault = refusalBodyFault(bodyText);
  // AWS has the code in a header: `ThrottlingException:http://internal...`.
  const code = headers['x-amzn-errortype']?.split(':')[0]?.toLowerCase();
  return code === undefined ? fault : { ...fault, codes: [code, ...(fault?.codes ?? [])] };
}

/** The same for an error that came inside a stream. */
export function faultFailure(
  vendor: Vendor,
  status: number,
  fault: Fault | undefined,
  retryAfter: number | undefined = retrySeconds(fault, {}, Date.now()),
): Failure {
  const kind = faultKind(vendor, status, fault);
  const said = draftSaid(fault?.message ?? '');
  const failure: Failure = { ...refusal(vendor, kind), ...(said !== undefined && { said }) };
  if (kind === 'rate_limited') return limited(failure, fault, retryAfter);
  const waits = kind === 'overloaded' || kind === 'loading';
  return waits && retryAfter !== undefined ? { ...failure, retryAfterSeconds: retryAfter } : failure;
}

function limited(failure: Failure, fault: Fault | undefined, retryAfter: number | undefined): Failure {
  const quota = longQuota(fault, retryAfter);
  if (quota) {
    // A short time to wait means that it is the minute's limit.
    const when = retryAfter === undefined || retryAfter < 600 ? quota.again : untilWords(retryAfter);
    return {
      ...failure,
      message: `${failure.message} It is ${quota.name}: try again ${when}, or choose another model.`,
    };
  }
  const next = retryAfter === undefined ? 'Wait a minute and try again.' : `Try again in ${retryAfter} s.`;
  return {
    ...failure,
    message: `${failure.message} ${next}`,
    ...(retryAfter !== undefined && { retryAfterSeconds: retryAfter }),
  };
}

/** The time to wait is in the headers, in headers that a gateway quotes, in Google's field, or only in words. */
function retrySeconds(fault: Fault | undefined, headers: ResponseHeaders, nowMs: number): number | undefined {
  return (
    retryAfterSeconds(headers, fault?.retryDelay, nowMs, fault?.message) ??
    (fault?.headers && retryAfterSeconds(fault.headers, undefined, nowMs))
  );
}
