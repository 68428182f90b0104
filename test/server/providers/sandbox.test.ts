import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VENDORS, vendorById } from '../../../shared/providers/catalogue.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { HTTP_FAULTS } from '../../sandbox/faults.ts';
import type { Rule } from '../../sandbox/script.ts';
import { STREAM_ERRORS } from '../../sandbox/stream-errors.ts';
import { callTo } from './call.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant' });
});
afterAll(() => sandbox.close());

/** The vendor that a fault's name begins with. */
function vendorOf(fault: string): Vendor {
  const found = vendorById(fault.split('-')[0] ?? '') ?? vendorById('openai');
  if (!found) throw new Error('no openai');
  return found;
}

function call(vendor: Vendor, rules: readonly Rule[]) {
  sandbox.script(rules);
  return callTo(sandbox.origin, { vendor, upstream: { authorization: vendor.auth.prefix + 'K'.repeat(40) } });
}

// as: keys of a literal table
const FAULTS = Object.keys(HTTP_FAULTS) as (keyof typeof HTTP_FAULTS)[];
const ERRORS = Object.keys(STREAM_ERRORS) as (keyof typeof STREAM_ERRORS)[];
/** Said of what nobody can know the reason of: a word without a code. */
const VAGUE = new Set(['groq-x']);

describe('the transport at the sandbox', () => {
  it.each(VENDORS.map((vendor) => [vendor.name, vendor] as const))(
    'gets an answer in the dialect of %s',
    async (_, vendor) => {
      const result = await call(vendor, []);
      expect(result).toMatchObject({
        kind: 'answer',
        finish: 'stop',
        // Bedrock's own format does not name the model.
        model: vendor.format === 'converse' ? null : 'some-model',
      });
      expect(result.text).not.toBe('');
      // Asked for none, the sandbox sends none; some vendors always do.
      if (vendor.format !== 'openai' || vendor.chat.streamOptions)
        expect(result.usage?.outputTokens).toBeGreaterThan(0);
    },
  );

  it.each(FAULTS)('knows what the refusal %s means', async (fault) => {
    const result = await call(vendorOf(fault), [{ fault }]);
    if (result.kind !== 'failure') throw new Error(`took ${fault} for an answer`);
    const { code, reason } = result.failure;
    expect(code !== 'provider_failed' || reason !== undefined).toBe(true);
  });

  it.each(ERRORS)('ends an answer that breaks with %s', async (error) => {
    const result = await call(vendorOf(error), [{ stop: { how: 'error', after: 8, error } }]);
    if (result.kind !== 'failure') throw new Error(`took ${error} for the end of an answer`);
    expect(result.text).not.toBe('');
    const { code, reason } = result.failure;
    if (!VAGUE.has(error)) expect(code !== 'provider_failed' || reason !== undefined).toBe(true);
  });
});
