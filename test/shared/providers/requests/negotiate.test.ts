import { expect, it } from 'vitest';
import type { Failure } from '../../../../shared/contract/failure.ts';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { buildRequest } from '../../../../shared/providers/formats/build-request.ts';
import { onTerms, weaker } from '../../../../shared/providers/negotiate.ts';
import { FULL_TERMS } from '../../../../shared/providers/terms.ts';
import { type Vendor, vendorFor, type Wire } from '../../../../shared/providers/vendor.ts';
import { GOOGLE } from '../../../../shared/providers/vendors/google.ts';
import { GROQ } from '../../../../shared/providers/vendors/groq.ts';
import { OPENAI } from '../../../../shared/providers/vendors/openai.ts';

const CALL = {
  id: 'plan',
  phase: 'planning',
  system: 'System.',
  user: 'User.',
  maxOutputTokens: 4000,
  schema: { name: 'plan', json: { type: 'object', properties: {}, required: [] } },
} as const;

const lab = (format: Wire['format']): Vendor =>
  endpointToVendor({ id: 'lab', name: 'Lab', format, baseUrl: 'http://127.0.0.1:1/v1' });

/** The bodies of one call after the other, for refusals in these words; undefined: nothing is left to give up for. */
function bodiesAfter(of: Vendor, model: string, ...words: readonly string[]) {
  const vendor = vendorFor(of, model);
  let terms = FULL_TERMS;
  return words.map((said) => {
    const refused: Failure = { code: 'provider_failed', reason: 'bad_request', message: 'x', said };
    const less = weaker(vendor, CALL, terms, refused);
    if (!less) return undefined;
    terms = less;
    const [weakened, asked] = onTerms(vendor, CALL, terms);
    return JSON.parse(buildRequest(weakened, model, asked).body);
  });
}

it('Responses are asked for any JSON, then by the prompt alone', () => {
  const [object, prompt] = bodiesAfter(
    lab('responses'),
    'm',
    'text.format json_schema is not supported',
    'text.format is not supported',
  );
  expect(object.text).toEqual({ format: { type: 'json_object' } });
  expect(object.instructions).toContain('JSON Schema');
  expect(prompt.text).toBeUndefined();
  expect(prompt.instructions).toContain('JSON Schema');
});

it('a server of one’s own that does not know `store` is asked without it, OpenAI never', () => {
  const said = "Unknown parameter: 'store'.";
  const [without] = bodiesAfter(lab('responses'), 'm', said);
  expect(without).not.toHaveProperty('store');
  const model = OPENAI.wires?.find(({ wire }) => wire.format === 'responses') ? 'gpt-5-codex' : 'm';
  expect(vendorFor(OPENAI, model).format).toBe('responses');
  expect(bodiesAfter(OPENAI, model, said)).toEqual([undefined]);
});

it.each([
  {
    vendor: GROQ,
    model: 'qwen/qwen3-32b',
    said: 'reasoning_format is not supported with this model',
    field: 'reasoning_format',
  },
  {
    vendor: GOOGLE,
    model: 'gemini-3-pro',
    said: 'Unable to submit request: thinking is not supported by this model.',
    field: 'thinkingConfig',
  },
])('$field is left out when it is refused', ({ vendor, model, said, field }) => {
  expect(buildRequest(vendor, model, CALL).body).toContain(field);
  const [without, none] = bodiesAfter(vendor, model, said, said);
  expect(JSON.stringify(without)).not.toContain(field);
  expect(none).toBeUndefined();
});
