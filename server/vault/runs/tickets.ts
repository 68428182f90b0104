import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { joinFields } from '../format/fields.ts';
import { callsSecret } from './call-chain.ts';

/**
 * Why a queued run may use a stored key: a MAC over all that it is, made when a person or their token asked for it. It is checked before a
 * key is opened, so that whoever can only write to the database can queue nothing that spends one.
 */
export interface TicketFacts {
  readonly job: string;
  readonly workspaceId: string;
  readonly generation: number;
  readonly userId: string;
  readonly provider: string;
  readonly site: string;
  readonly model: string;
  /** What the run is asked for, as JSON. */
  readonly request: unknown;
  /** ISO 8601. */
  readonly issuedAt: string;
}

/** By the workspace's secret. */
export function signTicket(facts: TicketFacts, secret: Buffer): Buffer {
  const { job, workspaceId, generation, userId, provider, site, model, request, issuedAt } = facts;
  const macSecret = callsSecret(secret, workspaceId, generation);
  const digest = createHash('sha256').update(canonical(request)).digest();
  const signed = joinFields(
    ...['oneturn vault 1 ticket', 1, job, workspaceId, userId, 'workspace', ''],
    ...[provider, site, model, digest, issuedAt],
  );
  try {
    return createHmac('sha256', macSecret).update(signed).digest();
  } finally {
    macSecret.fill(0);
  }
}

/** In a time that tells nothing of the right one. */
export function isTicket(mac: Buffer, facts: TicketFacts, secret: Buffer): boolean {
  const right = signTicket(facts, secret);
  return mac.length === right.length && timingSafeEqual(mac, right);
}

/** JSON whose fields are in the order of their names: the database keeps another order than it was given. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, one]) => `${JSON.stringify(name)}:${canonical(one)}`).join(',')}}`;
}
