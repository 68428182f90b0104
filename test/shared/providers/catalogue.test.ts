import { describe, expect, it } from 'vitest';
import { VENDORS, vendorById } from '../../../shared/providers/catalogue.ts';

describe('the catalogue', () => {
  it('has the promised providers, the sandbox first', () => {
    expect(VENDORS.map(({ id }) => id)).toEqual([
      'sandbox',
      'anthropic',
      'openai',
      'openrouter',
      'google',
      'groq',
      'azure',
      'bedrock',
      'bedrock-converse',
      'cohere',
      'deepseek',
      'mistral',
      'xai',
      'together',
      'fireworks',
    ]);
    expect(vendorById('nobody')).toBeUndefined();
  });

  it('speaks https with all but the sandbox, and has one header for the key, in lower case', () => {
    for (const vendor of VENDORS) {
      if (vendor.id !== 'sandbox') expect(vendor.origin).toMatch(/^https:\/\//);
      expect(vendor.auth.header).toMatch(/^[a-z-]+$/);
      expect(Object.keys(vendor.headers)).not.toContain(vendor.auth.header);
      expect(vendor.path).toMatch(/^\/[\w/.-]*(?:\{model\}[\w:/-]+)?(?:\?alt=sse)?$/);
      expect(vendor.fixedOrigin).toBe(vendor.site === undefined);
    }
  });

  it('never has a key in a URL', () => {
    expect(JSON.stringify(VENDORS)).not.toMatch(/[?&]key=/);
  });

  it('checks a key for no less than a vendor sells', () => {
    expect(vendorById('openrouter')?.check.oneToken).toBe(16);
    expect(vendorById('cohere')?.check.free).toMatchObject({ method: 'POST', field: 'valid' });
  });
});
