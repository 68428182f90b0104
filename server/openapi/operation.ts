import type * as z from 'zod/mini';
import type { TokenScope } from '../../shared/contract/account.ts';
import type { FailureCode } from '../../shared/contract/failure.ts';

type Schema = z.core.$ZodType;

/** What a request to this server may be, told as data: the document is made of these and of nothing else. */
export interface Operation {
  /** Its name in generated clients. */
  readonly id: string;
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With its parameters in braces: `/v1/plans/{id}`. */
  readonly path: string;
  readonly tag: Tag;
  readonly summary: string;
  /**
   * Who may ask. `key`: whoever brings a provider key, or none for the sandbox. `people`: a browser, and never an API token; what it is
   * answered depends on who is signed in. `anyone`: being signed in may show more.
   */
  readonly needs: 'nobody' | 'anyone' | 'key' | 'people' | 'session' | TokenScope;
  readonly query?: Schema;
  readonly headers?: readonly HeaderName[];
  readonly body?: Schema;
  /** By status: what the answer is, where it is not a failure. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Codes beside those that follow from who may ask and from what is sent. */
  readonly failures?: readonly FailureCode[];
  /** What the body of a 409 has beside the failure. */
  readonly conflict?: Schema;
}

export type Tag = 'server' | 'byo' | 'hosted' | 'plans' | 'registry' | 'account' | 'auth' | 'audit' | 'vault';

export type HeaderName =
  | 'x-provider-key'
  | 'x-run-id'
  | 'idempotency-key'
  | 'if-match'
  | 'if-none-match'
  | 'last-event-id';

export interface Answer {
  readonly description: string;
  /** Of the JSON; without one the answer has no body, or one that `media` names. */
  readonly schema?: Schema;
  /** Media types of answers that are no JSON. */
  readonly media?: readonly string[];
  /** Server-sent events, by name. */
  readonly events?: Readonly<Record<string, Schema>>;
}

/** An answer in JSON. */
export function json(description: string, schema: Schema): Answer {
  return { description, schema };
}
