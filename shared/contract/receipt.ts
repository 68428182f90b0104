import * as z from 'zod/mini';
import { credentials } from './credentials.ts';
import { phaseName } from './phase.ts';
import { usage } from './usage.ts';

/** What a run did, in facts that can be shown to anyone. Nothing of the key is in it, not even a hash. */
export const receipt = z.object({
  version: z.literal(1),
  run: z.string(),
  issuedAt: z.string(),
  build: z.string(),
  credentials,
  provider: z.string(),
  host: z.string(),
  model: z.string(),
  outcome: z.enum(['done', 'failed', 'cancelled']),
  failure: z.optional(z.string()),
  /** What the provider said when it failed: see `failure`'s `said`. */
  said: z.optional(z.string()),
  /** Milliseconds from the run's start to its end, on the server's monotonic clock. */
  ms: z.number(),
  calls: z.array(
    z.object({
      phase: phaseName,
      item: z.optional(z.string()),
      status: z.nullable(z.number()),
      requestId: z.nullable(z.string()),
      model: z.nullable(z.string()),
      ms: z.number(),
    }),
  ),
  usage,
  /** From the moment the server saw the client leave to the last upstream socket's close. */
  cancel: z.nullable(z.object({ phase: z.nullable(phaseName), closedMs: z.number(), sockets: z.number() })),
  /** Rows of jobs, plans, prompts or anything else of the run's content: 0 by construction, since the run's code cannot reach the database. */
  rowsWritten: z.number(),
  /** How many entries go to a signed-in user's audit log. An entry says that a key was used, at which provider and with which outcome. */
  auditEntries: z.number(),
  /** `sha256:<hex>` over the digests of the drafts, in the order of their items, joined by line feeds. */
  drafts: z.string(),
});
export type Receipt = z.infer<typeof receipt>;

export const RECEIPT_TYPE = 'application/vnd.oneturn.receipt+json';

/** A DSSE envelope (github.com/secure-systems-lab/dsse): `payload` and `sig` are base64, the signature is Ed25519. */
export const envelope = z.object({
  payloadType: z.string(),
  payload: z.string(),
  signatures: z.array(z.object({ keyid: z.string(), sig: z.string() })),
});
export type Envelope = z.infer<typeof envelope>;
