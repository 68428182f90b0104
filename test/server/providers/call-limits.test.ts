import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, limitsFor } from '../../../server/providers/call-limits.ts';
import { endpointToVendor } from '../../../shared/providers/endpoint-to-vendor.ts';
import { OPENAI } from '../../../shared/providers/vendors/openai.ts';

describe('limitsFor', () => {
  const endpoint = {
    id: 'lab',
    name: 'Lab',
    format: 'openai',
    baseUrl: 'http://127.0.0.1:11434/v1',
  } as const;

  it('is patient with a local model, and leaves what the operator set longer', () => {
    expect(limitsFor(OPENAI, DEFAULT_LIMITS)).toEqual(DEFAULT_LIMITS);
    const local = { ...endpointToVendor(endpoint), local: true };
    expect(limitsFor(local, DEFAULT_LIMITS)).toMatchObject({ firstByteMs: 540_000, idleMs: 300_000 });
    expect(limitsFor(local, { ...DEFAULT_LIMITS, firstByteMs: 600_000 }).firstByteMs).toBe(600_000);
    expect(limitsFor({ ...local, limits: { firstByteMs: 5000 } }, DEFAULT_LIMITS)).toMatchObject({
      firstByteMs: 5000,
      idleMs: 300_000,
    });
  });
});
