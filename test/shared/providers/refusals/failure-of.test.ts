import { describe, expect, it } from 'vitest';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import { failureOf } from '../../../../shared/providers/refusals/failure-of.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';
import { MISSING, recordings } from '../recordings.ts';

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}

const openAi = (error: object) => JSON.stringify({ error });
const anthropic = (error: object) => JSON.stringify({ type: 'error', error, request_id: 'req_1' });
const google = (error: object) => JSON.stringify([{ error }]);

/** name, vendor, status, body, code, reason */
const CASES: readonly (readonly [string, string, number, string, string, string | undefined])[] = [
  [
    'a bad key',
    'openai',
    401,
    openAi({
      message: 'Incorrect API key provided: sk-proj-abc',
      code: 'invalid_api_key',
      type: 'invalid_request_error',
    }),
    'key_rejected',
    undefined,
  ],
  ['a bad key without a body', 'groq', 401, '', 'key_rejected', undefined],
  [
    'a bad key',
    'anthropic',
    401,
    anthropic({ type: 'authentication_error', message: 'invalid x-api-key' }),
    'key_rejected',
    undefined,
  ],
  [
    'a bad key at 400',
    'google',
    400,
    google({ code: 400, status: 'INVALID_ARGUMENT', details: [{ reason: 'API_KEY_INVALID' }] }),
    'key_rejected',
    undefined,
  ],
  [
    'a bad key with only words',
    'google',
    400,
    google({ code: 400, message: 'API key not valid. Please pass a valid API key.' }),
    'key_rejected',
    undefined,
  ],
  ['a bad token at 498', 'cohere', 498, '{"message":"invalid token"}', 'key_rejected', undefined],
  [
    'Azure’s string code',
    'azure',
    401,
    openAi({ code: '401', message: 'Access denied due to invalid subscription key' }),
    'key_rejected',
    undefined,
  ],
  [
    'a browser’s Origin in front of us',
    'anthropic',
    401,
    anthropic({
      type: 'authentication_error',
      message: 'CORS requests are not allowed for this Organization',
    }),
    'provider_failed',
    'bad_request',
  ],
  [
    'no credit',
    'openai',
    429,
    openAi({ type: 'insufficient_quota', code: 'insufficient_quota' }),
    'key_rejected',
    'no_credit',
  ],
  ['no credit', 'anthropic', 402, anthropic({ type: 'billing_error' }), 'key_rejected', 'no_credit'],
  [
    'no credit in the old words',
    'anthropic',
    400,
    anthropic({ type: 'invalid_request_error', message: 'Your credit balance is too low to access the API' }),
    'key_rejected',
    'no_credit',
  ],
  [
    'a spend limit that no wait clears',
    'anthropic',
    429,
    anthropic({ type: 'rate_limit_error', details: { error_code: 'enforced_spend_limit_reached' } }),
    'key_rejected',
    'no_credit',
  ],
  [
    'no credit',
    'openrouter',
    402,
    openAi({ code: 402, message: 'Insufficient credits' }),
    'key_rejected',
    'no_credit',
  ],
  ['no access', 'anthropic', 403, anthropic({ type: 'permission_error' }), 'key_rejected', 'no_access'],
  ['no access to a model', 'openai', 403, openAi({ code: 'model_not_found' }), 'key_rejected', 'no_access'],
  [
    'a country',
    'openai',
    403,
    openAi({ code: 'unsupported_country_region_territory' }),
    'key_rejected',
    'no_access',
  ],
  ['a firewall’s page', 'openai', 403, '<html>Just a moment...</html>', 'provider_failed', 'not_a_stream'],
  [
    'moderation',
    'openrouter',
    403,
    openAi({ code: 403, message: 'flagged', metadata: { reasons: ['violence'] } }),
    'provider_failed',
    'refused',
  ],
  [
    'an unknown model',
    'anthropic',
    404,
    anthropic({ type: 'not_found_error', message: 'model: claude-nope' }),
    'invalid_request',
    'model_not_found',
  ],
  [
    'an unknown deployment',
    'azure',
    404,
    openAi({ code: 'DeploymentNotFound' }),
    'invalid_request',
    'model_not_found',
  ],
  [
    'a withdrawn model at 400',
    'groq',
    400,
    openAi({ code: 'model_decommissioned' }),
    'invalid_request',
    'model_not_found',
  ],
  ['a wrong path', 'openai', 404, '<html>404</html>', 'provider_failed', 'not_a_stream'],
  ['a model timeout', 'openrouter', 408, openAi({ code: 408 }), 'provider_timeout', undefined],
  ['a timeout in front', 'openai', 524, '<html>', 'provider_timeout', undefined],
  ['a large body', 'anthropic', 413, '<html>cloudflare</html>', 'too_large', undefined],
  [
    'a body too large for the rate',
    'groq',
    413,
    openAi({ type: 'tokens', code: 'rate_limit_exceeded' }),
    'too_large',
    undefined,
  ],
  [
    'a long prompt',
    'openai',
    400,
    openAi({ code: 'context_length_exceeded' }),
    'too_large',
    'context_length',
  ],
  [
    'a long prompt with only words',
    'anthropic',
    400,
    anthropic({
      type: 'invalid_request_error',
      message: 'prompt is too long: 210000 tokens > 200000 maximum',
    }),
    'too_large',
    'context_length',
  ],
  [
    'a content filter',
    'azure',
    400,
    openAi({ code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } }),
    'provider_failed',
    'refused',
  ],
  [
    'JSON that the model did not manage',
    'groq',
    400,
    openAi({ code: 'json_validate_failed' }),
    'provider_failed',
    'bad_output',
  ],
  [
    'a refused parameter',
    'openai',
    400,
    openAi({ code: 'unsupported_parameter', param: 'max_tokens' }),
    'provider_failed',
    'bad_request',
  ],
  [
    'no tokens left to think',
    'openai',
    400,
    openAi({
      code: null,
      message: 'Could not finish the message because max_tokens or model output limit was reached.',
    }),
    'provider_failed',
    'output_limit',
  ],
  ['a validation list', 'openai', 422, '{"detail":[{"loc":["body"]}]}', 'provider_failed', 'bad_request'],
  ['trouble', 'openai', 500, openAi({ type: 'server_error' }), 'provider_overloaded', undefined],
  ['trouble behind a proxy', 'openrouter', 502, '<html>502</html>', 'provider_overloaded', undefined],
  ['overload', 'google', 503, google({ code: 503, status: 'UNAVAILABLE' }), 'provider_overloaded', undefined],
  ['overload', 'anthropic', 529, anthropic({ type: 'overloaded_error' }), 'provider_overloaded', undefined],
  [
    'flex capacity at 498',
    'groq',
    498,
    openAi({ code: 'capacity_exceeded' }),
    'provider_overloaded',
    undefined,
  ],
  ['200 with an error', 'openrouter', 200, openAi({ code: 402, message: 'x' }), 'key_rejected', 'no_credit'],
  ['200 with an error that has no code', 'openai', 200, '{"error":"boom"}', 'provider_failed', undefined],
  [
    '200 with another object',
    'openai',
    200,
    '{"id":"chatcmpl","choices":[]}',
    'provider_failed',
    'not_a_stream',
  ],
  ['a captive portal', 'openai', 200, '<html>Welcome to the hotel</html>', 'provider_failed', 'not_a_stream'],
  ['an empty 200', 'openai', 200, '', 'provider_failed', 'not_a_stream'],
  ['a 204', 'openai', 204, '', 'provider_failed', 'not_a_stream'],
  ['a redirect', 'openai', 307, '', 'provider_failed', 'redirect'],
  ['a teapot', 'openai', 418, '{"error":{"message":"x"}}', 'provider_failed', undefined],
];

describe('failureOf', () => {
  it.each(CASES)('reads %s of %s (%i)', (_, id, status, body, code, reason) => {
    const failure = failureOf(vendor(id), status, {}, body, 0);
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
      expect(
        JSON.stringify(failureOf(vendor('openai'), status, { 'retry-after': 'SECRETSECRET' }, body, 0)),
      ).not.toContain('SECRET');
    }
  });

  it('names the field that a wrong model is in', () => {
    expect(failureOf(vendor('anthropic'), 404, {}, anthropic({ type: 'not_found_error' }), 0).field).toBe(
      'model',
    );
  });

  it('says what OpenRouter’s missing model mostly is', () => {
    expect(failureOf(vendor('openrouter'), 404, {}, openAi({ code: 404 }), 0).message).toContain(
      'keeps no data',
    );
  });

  it('reads AWS’s code from its header', () => {
    const headers = { 'x-amzn-errortype': 'ThrottlingException:http://internal.amazon.com/coral/' };
    expect(failureOf(vendor('bedrock'), 400, headers, '{"message":"slow down"}', 0).code).toBe(
      'rate_limited',
    );
  });

  it('says the time to wait, and none for a day’s quota', () => {
    const limited = failureOf(
      vendor('openai'),
      429,
      { 'retry-after': '7' },
      openAi({ code: 'rate_limit_exceeded' }),
      0,
    );
    expect(limited).toMatchObject({
      code: 'rate_limited',
      retryAfterSeconds: 7,
      message: expect.stringContaining('7 s'),
    });
    const info = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' };
    expect(
      failureOf(vendor('google'), 429, {}, google({ status: 'RESOURCE_EXHAUSTED', details: [info] }), 0)
        .retryAfterSeconds,
    ).toBe(35);
    const quota = {
      '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
      violations: [{ quotaId: 'GenerateRequestsPerDayPerProject' }],
    };
    const daily = failureOf(
      vendor('google'),
      429,
      {},
      google({ status: 'RESOURCE_EXHAUSTED', details: [info, quota] }),
      0,
    );
    expect(daily.retryAfterSeconds).toBeUndefined();
    expect(daily.message).toContain('tomorrow');
    expect(
      failureOf(vendor('anthropic'), 529, { 'retry-after': '3' }, anthropic({ type: 'overloaded_error' }), 0),
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
      const failure = failureOf(vendor(VENDOR_OF[host] ?? ''), status, {}, bytes.toString('utf8'), 0);
      expect(failure.reason ?? failure.code).toBe(expected(file));
    });

    it('are there', () => {
      expect(failed.length).toBeGreaterThanOrEqual(15);
    });
  },
);
