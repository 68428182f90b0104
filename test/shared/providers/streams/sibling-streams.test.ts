import { describe, expect, it } from 'vitest';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { StreamReader } from '../../../../shared/providers/formats/stream-reader.ts';
import type { Format, Outcome } from './cases/stream-case.ts';
import { SIBLING_STREAMS } from './sibling-streams.ts';

/** What came of a stream in pieces of so many bytes, named as in the outcome. */
function outcomeOf(format: Format, bytes: Buffer, size: number, json: boolean): Outcome {
  const vendor = endpointToVendor({ id: 'lab', name: 'Lab', format, baseUrl: 'http://127.0.0.1:1' });
  let shown = '';
  const reader = new StreamReader(
    vendor,
    100_000,
    (text) => {
      shown += text;
    },
    { json },
  );
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  const { text, finish, failure, usage } = reader.end();
  expect(shown).toBe(text);
  return {
    text,
    ...(finish && { finish }),
    ...(failure && { fails: `${failure.code}/${failure.reason ?? ''}` }),
    ...(failure?.retryAfterSeconds !== undefined && { retry: failure.retryAfterSeconds }),
    usage: usage ? [usage.inputTokens, usage.outputTokens] : null,
    thoughtChars: reader.thoughtChars,
    restarts: reader.restarts,
  };
}

describe('streams of servers that were not given', () => {
  const named = SIBLING_STREAMS.map((one) => [`${one[0]} (${one[1]})`, one] as const);

  it.each(named)('%s', (_, [, format, parts, want, { json = false } = {}]) => {
    const bytes = typeof parts === 'string' ? Buffer.from(parts) : Buffer.concat([...parts]);
    const whole = outcomeOf(format, bytes, bytes.length, json);
    expect(whole).toMatchObject(want);
    expect(want.finish ?? whole.finish).toBe(whole.finish);
    for (const size of [1, 3]) expect(outcomeOf(format, bytes, size, json)).toEqual(whole);
  });
});
