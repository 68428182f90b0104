import type { Context } from 'hono';
import * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import {
  issueFailure,
  NO_ENGLISH_OF_ZOD,
  shapeFailure,
  unknownFailure,
  unstorableFailure,
} from './field-failure.ts';
import { findUnknownField, findUnstorableText } from './json-fields.ts';
import { findShapeProblem } from './json-shape.ts';

/** `maxBytes` bounds the body as it is read, whatever its content-length says. */
export interface ReadJsonOptions {
  readonly maxBytes: number;
  /**
   * False: take any content type, as `curl -d` sends one. Only for routes that no cookie opens: requiring JSON is what
   * keeps another site's form from posting here (ASVS 3.5.2).
   */
  readonly requireType?: boolean;
}

/** The body in the schema's shape, or the failure to answer with. */
export type ReadJson<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

/** Reads a request's body within its limits and parses it with a strict schema. No message quotes what the client sent. */
export async function readJson<T>(
  c: Context,
  schema: z.core.$ZodType<T>,
  options: ReadJsonOptions,
): Promise<ReadJson<T>> {
  const body = await readBody(c, options);
  return body.ok ? parseJson(body.value, schema) : body;
}

/** The bytes alone, for a route that also needs their digest. */
export async function readBody(
  c: Context,
  options: ReadJsonOptions,
): Promise<ReadJson<Uint8Array<ArrayBuffer>>> {
  const type = c.req.header('content-type') ?? '';
  if (options.requireType !== false && !/^application\/json\s*(?:;|$)/i.test(type)) {
    return refused('Send the body as JSON, with content-type: application/json.');
  }
  // a compressed body of 275 bytes can unpack to 200 MB; nothing that talks to us needs one
  if (c.req.header('content-encoding') !== undefined) {
    return {
      ok: false,
      failure: { code: 'unsupported_media_type', message: 'Send the body without content-encoding.' },
    };
  }

  const bytes = await readBytes(c, options.maxBytes);
  // The rest of the body is not read to its end: the next request of this connection would be lost with it.
  if (bytes === 'too_large' || bytes === 'full') c.header('connection', 'close');
  if (bytes === 'too_large') {
    return {
      ok: false,
      failure: { code: 'too_large', message: `The body has more than ${options.maxBytes} bytes. Send less.` },
    };
  }
  if (bytes === 'full') {
    return {
      ok: false,
      failure: {
        code: 'unavailable',
        message: 'This server is receiving as much as it can hold. Try again in some seconds.',
        retryAfterSeconds: 5,
      },
    };
  }
  if (bytes === 'left') {
    return {
      ok: false,
      failure: {
        code: 'cancelled',
        message: 'The connection was closed before the body had come. Send it again.',
      },
    };
  }
  return { ok: true, value: bytes };
}

/**
 * Parses bytes that were read already. Depth and size are checked before `JSON.parse`, and unknown fields are refused where the schema is
 * strict.
 */
export function parseJson<T>(bytes: Uint8Array, schema: z.core.$ZodType<T>): ReadJson<T> {
  let json: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const problem = findShapeProblem(text);
    if (problem !== undefined) return { ok: false, failure: shapeFailure(problem) };
    json = JSON.parse(text);
  } catch {
    // V8's message quotes the input
    return refused('The body is not JSON in UTF-8. Check quotes, commas and brackets.');
  }

  const parsed = z.safeParse(schema, json, NO_ENGLISH_OF_ZOD);
  if (parsed.success) return checked(json, parsed.data);
  const issue = parsed.error.issues[0];
  return issue === undefined
    ? refused('The body does not have the expected form.')
    : { ok: false, failure: issueFailure(issue) };
}

/** What holds for every schema: no field is dropped silently, and PostgreSQL must be able to store the text. */
function checked<T>(json: unknown, value: T): ReadJson<T> {
  const unknown = findUnknownField(json, value);
  if (unknown !== undefined) return { ok: false, failure: unknownFailure(unknown) };
  const unstorable = findUnstorableText(json);
  if (unstorable !== undefined) return { ok: false, failure: unstorableFailure(unstorable) };
  return { ok: true, value };
}

/** Limits the bodies that are being received in the whole process: many slow clients could otherwise fill its memory. */
const MAX_HELD_BYTES = 64 * 1024 * 1024;
let heldBytes = 0;

async function readBytes(
  c: Context,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | 'too_large' | 'full' | 'left'> {
  if (Number(c.req.header('content-length') ?? 0) > maxBytes) return 'too_large';
  const body = c.req.raw.body;
  if (body === null) return new Uint8Array();

  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      length += chunk.byteLength;
      heldBytes += chunk.byteLength;
      if (length > maxBytes) return 'too_large';
      if (heldBytes > MAX_HELD_BYTES) return 'full';
      chunks.push(chunk);
    }
  } catch (error) {
    if (c.req.raw.signal.aborted) return 'left';
    throw error;
  } finally {
    heldBytes -= length;
  }
  return Buffer.concat(chunks, length);
}

function refused(message: string): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure: { code: 'invalid_request', message } };
}
