import { describe, expect, it } from 'vitest';
import type { Failure } from '../../../../shared/contract/failure.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { failureOf } from '../../../../shared/providers/refusals/failure-of.ts';
import type { ResponseHeaders } from '../../../../shared/providers/refusals/retry-after.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';
import { MISSING, recordings } from '../recordings.ts';
import { anthropic, FAILURE_CASES, google, openAi } from './failure-cases.ts';

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}

const told = (id: string, status: number, text: string, headers: ResponseHeaders = {}): Failure =>
  failureOf(vendor(id), { status, headers, text }, 0);

describe('failureOf', () => {
  it.each(FAILURE_CASES)('reads %s of %s (%i)', (...row) => {
    const [, id, status, text, code, reason] = row;
    const failure = told(id, status, text);
    expect([failure.code, failure.reason]).toEqual([code, reason]);
  });

  it('quotes nothing of the provider in its own sentence, and nothing at all of a key', () => {
    const body = openAi({
      message: 'Incorrect API key provided: sk-proj-SECRETSECRET',
      code: 'SECRETSECRET',
      type: 'SECRETSECRET',
      param: 'SECRETSECRET',
    });
    for (const status of [200, 400, 401, 403, 404, 429, 500, 599]) {
      expect(JSON.stringify(told('openai', status, body, { 'retry-after': 'SECRETSECRET' }))).not.toContain(
        'SECRET',
      );
    }
  });

  it('names the field that a wrong model is in', () => {
    expect(told('anthropic', 404, anthropic({ type: 'not_found_error' })).field).toBe('model');
  });

  it('says what OpenRouter’s missing model mostly is', () => {
    expect(told('openrouter', 404, openAi({ code: 404 })).message).toContain('keeps no data');
  });

  it('reads AWS’s code from its header', () => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/coral/' };
    expect(told('bedrock', 400, '{"message":"slow down"}', headers).code).toBe('rate_limited');
  });

  it('says the time to wait, and none for a day’s quota', () => {
    const limited = told('openai', 429, openAi({ code: 'rate_limit_exceeded' }), { 'retry-after': '7' });
    expect(limited).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 7,
      message: expect.stringContaining('7 s'),
    });
    const info = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' };
    expect(
      told('google', 429, google({ status: 'RESOURCE_EXHAUSTED', details: [info] })).retryAfterSeconds,
    ).toBe(35);
    const quota = {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaId: 'GenerateRequestsPerDayPerProject' }],
    };
    const daily = told('google', 429, google({ status: 'RESOURCE_EXHAUSTED', details: [info, quota] }));
    expect(daily.retryAfterSeconds).toBeUndefined();
    expect(daily.message).toContain('tomorrow');
    expect(
      told('anthropic', 529, anthropic({ type: 'overloaded_error' }), { 'retry-after': '3' }),
    ).toMatchObject({
      code: 'provider_overloaded',
      retryAfterSeconds: 3,
    });
  });
});

describe.skipIf(MISSING !== undefined)(
  `recorded error bodies${MISSING ? ` (skipped: ${MISSING})` : ''}`,
  () => {
    const VENDOR_OF: Readonly<Record<string, string>> = {
      'api.openai.com': 'openai',
      'api.anthropic.com': 'anthropic',
      'api.cohere.com': 'cohere',
      'generativelanguage.googleapis.com': 'google',
      'aiplatform.googleapis.com': 'google',
      'bedrock-runtime.us-east-1.amazonaws.com': 'bedrock',
      'openrouter.ai': 'openrouter',
    };
    const failed = recordings(({ status }) => status >= 400);
    const expected = (file: string): string => {
      if (
        /404|model_name_suggestion|bedrock_error|bedrock_count_tokens_error/.test(file) &&
        !file.includes('anthropic_bedrock')
      )
        return 'model_not_found';
      if (file.includes('429')) return 'rate_limited';
      return 'bad_request';
    };

    it.each(failed.map((one) => [one.file, one] as const))('reads %s', (file, { host, status, bytes }) => {
      const failure = told(VENDOR_OF[host] ?? '', status, bytes.toString('utf8'));
      expect(failure.reason ?? failure.code).toBe(expected(file));
    });

    it('are there', () => {
      expect(failed.length).toBeGreaterThanOrEqual(15);
    });
  },
);
