import { createHash, createHmac } from 'node:crypto';
import { derive, joinFields } from '../format/fields.ts';

/**
 * The calls of a run on a stored key, as a chain: each record's MAC covers the one before it, and the first covers the run's ticket. By the
 * workspace's secret, so that whoever has the database alone can neither change, move, add nor cut one unseen. No I/O, no clock.
 */

const NO_SALT = joinFields();

/** What tickets and calls are signed by, outside of V8's heap; the caller wipes it. */
export function callsSecret(secret: Buffer, workspaceId: string, generation: number): Buffer {
  return derive(secret, NO_SALT, joinFields('oneturn vault 1 calls', workspaceId, generation), 32);
}

/** A record at its place: `seq` counts up from 1. `record` are the characters that are kept. */
export interface ChainLink {
  readonly job: string;
  readonly seq: number;
  readonly record: string;
}

/** Over the record and all before it; `previous` is the MAC of the one before, or of the ticket. */
export function linkMac(previous: Uint8Array, { job, seq, record }: ChainLink, macSecret: Buffer): Buffer {
  const signed = joinFields('oneturn vault 1 call', 1, previous, job, seq, record);
  return createHmac('sha256', macSecret).update(signed).digest();
}

/** Tells whether a body at hand is the one that was sent. By a secret, for a prompt could be guessed from a plain hash. */
export function bodyMark(body: string, macSecret: Buffer): string {
  const digest = createHash('sha256').update(body).digest();
  return createHmac('sha256', macSecret)
    .update(joinFields('oneturn vault 1 body', digest))
    .digest('base64url');
}
