import { expect, it } from 'vitest';
import { isLimit } from '../../../../server/providers/calls/call-turns.ts';
import type { StreamCall } from '../../../../server/providers/stream-call.ts';
import type { FailureCode } from '../../../../shared/contract/failure.ts';

const refused = (status: number, code: FailureCode, retryAfterSeconds?: number): StreamCall => ({
  kind: 'failure',
  failure: { code, message: 'No.', ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) },
  text: '',
  usage: undefined,
  inputTokens: undefined,
  status,
  requestId: null,
  model: null,
  billable: false,
});

it.each([
  ['a limit that names its time', refused(429, 'rate_limited', 2), 0, true],
  ['a limit without a time, when others were taken', refused(429, 'rate_limited'), 1, true],
  ['a limit without a time, when none was', refused(429, 'rate_limited'), 0, false],
  ['too much to do, told as a limit, when others were taken', refused(429, 'provider_overloaded'), 1, true],
  ['trouble of the provider’s own', refused(503, 'provider_overloaded'), 1, false],
  ['trouble that names its time', refused(529, 'provider_overloaded', 2), 0, true],
  ['an account without money', refused(429, 'key_rejected'), 1, false],
])('%s', (_, result, taken, waits) => {
  expect(isLimit(result, { taken })).toBe(waits);
});
