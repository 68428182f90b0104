import type { ModelCall } from '../../../../shared/compose/ask.ts';
import { vendorById } from '../../../../shared/providers/catalogue.ts';
import type { Vendor } from '../../../../shared/providers/vendor.ts';

export const SCHEMA = {
  type: 'object',
  properties: { kind: { type: 'string', enum: ['a', 'b'] } },
  required: ['kind'],
  additionalProperties: false,
};

export const DRAFT: ModelCall = {
  id: 'draft-i1-1',
  phase: 'drafting',
  item: 'i1',
  system: 'You write.',
  user: 'Write.',
  maxOutputTokens: 900,
};

export const PLAN: ModelCall = {
  id: 'plan',
  phase: 'planning',
  system: 'You plan.',
  user: 'Plan.',
  maxOutputTokens: 800,
  schema: { name: 'plan', json: SCHEMA },
};

export function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}
