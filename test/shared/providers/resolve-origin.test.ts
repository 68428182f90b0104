import { describe, expect, it } from 'vitest';
import { toSite } from '../../../shared/contract/run-limits.ts';
import { VENDORS, vendorById } from '../../../shared/providers/catalogue.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import { hostOf, resolveOrigin } from '../../../shared/providers/resolve-origin.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { HOSTILE_SITES } from './hostile-sites.ts';

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}

describe('resolveOrigin', () => {
  it.each([
    ['azure', 'my-resource', 'https://my-resource.openai.azure.com'],
    ['azure', 'my-resource.openai.azure.com', 'https://my-resource.openai.azure.com'],
    ['azure', 'my-resource.services.ai.azure.com', 'https://my-resource.services.ai.azure.com'],
    ['azure', 'my-resource.cognitiveservices.azure.com', 'https://my-resource.cognitiveservices.azure.com'],
    ['azure', 'my-resource.openai.azure.us', 'https://my-resource.openai.azure.us'],
    ['bedrock', 'us-east-1', 'https://bedrock-mantle.us-east-1.api.aws'],
    ['bedrock', 'us-gov-west-1', 'https://bedrock-mantle.us-gov-west-1.api.aws'],
  ])('gives %s at %s the origin %s', (id, site, origin) => {
    expect(resolveOrigin(vendor(id), site)).toBe(origin);
  });

  it.each([
    ['https://my-resource.openai.azure.com/', 'my-resource.openai.azure.com'],
    ['https://My-Resource.services.ai.azure.com/api/projects/one', 'my-resource.services.ai.azure.com'],
    ['https://my-resource.openai.azure.com:443/openai/v1/', 'my-resource.openai.azure.com'],
    ['My-Resource', 'my-resource'],
    [' https://my-resource.openai.azure.com', 'my-resource.openai.azure.com'],
    ['EU-West-1', 'eu-west-1'],
  ])('takes %j as the portal gives it', (text, site) => {
    expect(toSite(text)).toBe(site);
  });

  it.each(HOSTILE_SITES.flatMap((site) => [site, `https://${site}`, `https://${site}/`]))(
    'finds no other host in %j',
    (site) => {
      expect(resolveOrigin(vendor('azure'), toSite(site))).toBeUndefined();
      expect(resolveOrigin(vendor('bedrock'), toSite(site))).toBeUndefined();
    },
  );

  it.each(HOSTILE_SITES)('refuses the site %j', (site) => {
    expect(resolveOrigin(vendor('azure'), site)).toBeUndefined();
    expect(resolveOrigin(vendor('bedrock'), site)).toBeUndefined();
  });

  it('keeps a bare name that sounds like another place at Azure', () => {
    expect(resolveOrigin(vendor('azure'), 'localhost')).toBe('https://localhost.openai.azure.com');
    expect(resolveOrigin(vendor('azure'), '2130706433')).toBe('https://2130706433.openai.azure.com');
  });

  it('wants a site where there is one, and takes none where there is none', () => {
    for (const one of VENDORS) {
      const origin = resolveOrigin(one, undefined);
      if (one.site) expect(origin).toBeUndefined();
      else expect(origin).toBe(one.origin);
      if (!one.site) expect(resolveOrigin(one, 'us-east-1')).toBeUndefined();
    }
  });

  it('never gives an origin that is more than https and a host', () => {
    for (const one of VENDORS.filter(({ id }) => id !== 'sandbox')) {
      const origin = resolveOrigin(one, one.site ? (one.id === 'azure' ? 'res' : 'eu-west-1') : undefined);
      expect(origin).toMatch(/^https:\/\/[a-z0-9.-]+$/);
      expect(new URL(origin ?? '').origin).toBe(origin);
    }
  });
});

describe('hostOf', () => {
  it('names the host, or its pattern', () => {
    expect(hostOf(vendor('anthropic'))).toBe('api.anthropic.com');
    expect(hostOf(vendor('azure'))).toBe('<resource>.openai.azure.com');
    expect(hostOf(vendor('bedrock'))).toBe('bedrock-mantle.<region>.api.aws');
  });
});

describe('endpointToVendor', () => {
  const endpoint = (baseUrl: string, format: 'openai' | 'anthropic' = 'openai') =>
    endpointToVendor({ id: 'op', name: 'Operator', format, baseUrl });

  it('splits the base URL into an origin in its normal form and the paths', () => {
    expect(endpoint('http://GPU-box:8000/v1/')).toMatchObject({
      origin: 'http://gpu-box:8000',
      path: '/v1/chat/completions',
      key: 'optional',
      fixedOrigin: false,
    });
    expect(endpoint('https://llm.example:443/api/v1').origin).toBe('https://llm.example');
    expect(endpoint('http://127.1:11434/v1').origin).toBe('http://127.0.0.1:11434');
    expect(endpoint('http://[::1]:8000/v1').origin).toBe('http://[::1]:8000');
    expect(endpoint('https://gateway.example', 'anthropic').path).toBe('/v1/messages');
    expect(endpoint('https://gateway.example/v1', 'anthropic').path).toBe('/v1/messages');
  });

  it.each([
    'ftp://host/v1',
    'file:///etc/passwd',
    'https://user:pass@host/v1',
    'https://host/v1?key=x',
    'https://host/v1#x',
    'host:8000',
  ])('refuses %s at start', (baseUrl) => {
    expect(() => endpoint(baseUrl)).toThrow();
  });

  it('offers the models that the operator names', () => {
    const made = endpointToVendor({
      id: 'op',
      name: 'Operator',
      format: 'openai',
      baseUrl: 'http://h/v1',
      models: ['llama3.3'],
    });
    expect(made.prices.models).toEqual([{ id: 'llama3.3', name: 'llama3.3', contextTokens: null }]);
  });
});
