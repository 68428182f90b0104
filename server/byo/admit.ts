import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type * as z from 'zod/mini';
import type { Failure } from '../../shared/contract/failure.ts';
import { KEY_HEADER, MAX_BODY_BYTES, RUN_ID, RUN_ID_HEADER } from '../../shared/contract/run-limits.ts';
import { redactText } from '../../shared/providers/redact-patterns.ts';
import type { Vendor } from '../../shared/providers/vendor.ts';
import { bodyDigest } from '../../shared/sealing/seal-format.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import { holdsKey } from '../keys/holds-key.ts';
import type { ProviderKey } from '../keys/provider-key.ts';
import type { RunLimits } from '../runs/run-limits.ts';
import { type ReceiveOptions, receiveKey } from './receive-key.ts';

export type ByoContext = Context<{ Bindings: HttpBindings }>;

export interface AdmitParts extends ReceiveOptions {
  readonly vendorOf: (id: string) => Vendor | undefined;
  /** Scheme, host and port; undefined where `site` does not name an allowed host. */
  readonly originOf: (vendor: Vendor, site: string | undefined) => string | undefined;
  readonly runLimits: RunLimits;
  readonly visitor: (c: ByoContext) => Promise<Visitor>;
}

/** Who starts a run. */
export interface Visitor {
  /** Whom the limits count: the address and, when signed in, the account. */
  readonly counted: readonly string[];
  /** Where they act; undefined: nobody is signed in. */
  readonly workspaceId: string | undefined;
}

/** A request that may use its key. Whoever holds this calls `release`, on every path. */
export interface Admitted<T> {
  readonly runId: string;
  readonly request: T;
  readonly vendor: Vendor;
  readonly origin: string;
  readonly key: ProviderKey;
  readonly workspaceId: string | undefined;
  /** Wipes the key and gives the place among the running ones back; a second time does nothing. */
  release(): void;
}

export type AdmitResult<T> =
  | { readonly ok: true; readonly value: Admitted<T> }
  | { readonly ok: false; readonly runId: string; readonly failure: Failure };

const KEY_AS_MODEL: Failure = {
  code: 'invalid_field',
  field: 'model',
  message: 'This looks like a key, not like a model. Nothing was sent.',
};

const KEY_AS_SITE: Failure = {
  code: 'invalid_field',
  field: 'site',
  message: 'This is the key, not the name of a resource or region. Nothing was sent.',
};

const MISPLACED: Readonly<Record<string, Failure>> = { model: KEY_AS_MODEL, site: KEY_AS_SITE };

function keyInText(field: string): Failure {
  const message = `The key stands in "${field}" too. Take it out there: texts go into prompts and are kept with drafts. Nothing was sent.`;
  return { code: 'invalid_field', field, message };
}

/** What every run names: the fields that are judged before a key is looked at. */
interface Named {
  readonly provider: string;
  readonly model: string;
  readonly site?: string | undefined;
}

/** Everything that is checked before a run or a key check begins. The key is opened last, when nothing else can refuse. */
export async function admit<T extends Named>(
  c: ByoContext,
  schema: z.core.$ZodType<T>,
  parts: AdmitParts,
): Promise<AdmitResult<T>> {
  const runId = c.req.header(RUN_ID_HEADER) ?? randomBytes(16).toString('base64url');
  const refused = (failure: Failure): AdmitResult<T> => ({ ok: false, runId, failure });
  if (!RUN_ID.test(runId)) {
    const message = `${RUN_ID_HEADER} must have 22 to 64 letters, digits, - and _.`;
    return { ok: false, runId: 'invalid', failure: { code: 'invalid_request', message } };
  }
  const read = await readAsked(c, schema);
  if (!read.ok) return refused(read.failure);
  const { request, body } = read.value;
  const target = targetOf(request, parts);
  if (!target.ok) return refused(target.failure);
  const { vendor, origin } = target.value;

  const { counted, workspaceId } = await parts.visitor(c);
  const slot = await parts.runLimits.acquire(counted);
  if (!slot.ok) return refused(slot.failure);
  let admitted = false;
  try {
    // Checked after the limits: a client beyond them could otherwise push the id of a captured request out of the memory.
    if (!(await parts.runLimits.isFirst(runId)))
      return refused({ code: 'conflict', message: 'A run of this id was started before. Start a new one.' });
    const received = await receiveKey(
      c.req.header(KEY_HEADER),
      vendor,
      {
        provider: request.provider,
        site: request.site ?? '',
        runId,
        bodyDigest: await bodyDigest(body),
      },
      parts,
    );
    if (!received.ok) return refused(received.failure);
    const { key } = received;
    const misplaced = keyInField(key, request);
    if (misplaced !== undefined) {
      key.wipe();
      return refused(misplaced);
    }
    admitted = true;
    const release = (): void => {
      key.wipe();
      slot.release();
    };
    return { ok: true, value: { runId, request, vendor, origin, key, workspaceId, release } };
  } finally {
    if (!admitted) slot.release();
  }
}

type Judged<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure };

async function readAsked<T>(
  c: ByoContext,
  schema: z.core.$ZodType<T>,
): Promise<Judged<{ readonly request: T; readonly body: Uint8Array<ArrayBuffer> }>> {
  // The one scheme that this server uses; a Basic header is for a proxy in front of it.
  if (/^Bearer\b/i.test(c.req.header('authorization') ?? '')) {
    const message = `An API token cannot run on a provider key. Leave the authorization header out; the key goes into ${KEY_HEADER}.`;
    return { ok: false, failure: { code: 'forbidden', message } };
  }
  // curl -d sends a form's content type. The key's header is one that no form of another site can send.
  const requireType = c.req.header(KEY_HEADER) === undefined;
  const body = await readBody(c, { maxBytes: MAX_BODY_BYTES, requireType });
  if (!body.ok) return body;
  const parsed = parseJson(body.value, schema);
  return parsed.ok ? { ok: true, value: { request: parsed.value, body: body.value } } : parsed;
}

/** The vendor and the one origin that a key may be for, where it is clear that the request wants them. */
function targetOf(
  { provider, model, site }: Named,
  { vendorOf, originOf }: AdmitParts,
): Judged<{ readonly vendor: Vendor; readonly origin: string }> {
  const refused = (failure: Failure) => ({ ok: false, failure }) as const;
  const vendor = vendorOf(provider);
  if (!vendor)
    return refused({
      code: 'invalid_request',
      field: 'provider',
      message: 'This server does not know that provider. GET /v1/config lists those it does.',
    });
  const origin = originOf(vendor, site);
  if (!origin) {
    const message = vendor.site
      ? `Name the ${vendor.site.label.toLowerCase()} at ${vendor.name}, for example ${vendor.site.hint}.`
      : `${vendor.name} has one fixed host. Leave out "site".`;
    return refused({ code: 'invalid_request', field: 'site', message });
  }
  // The contract's default model is the sandbox's. For a real provider a model must be chosen, since it costs money.
  if (vendor.key !== 'none' && model === 'sandbox-1') {
    const message = `Name a model of ${vendor.name}. GET /v1/config lists some.`;
    return refused({ code: 'invalid_field', field: 'model', message });
  }
  // A model's id ends in the receipt and the audit log: a key that was pasted into the wrong field must not.
  if (redactText(model) !== model) return refused(KEY_AS_MODEL);
  return { ok: true, value: { vendor, origin } };
}

/**
 * No field may have the key, since all of them go further: a model into the receipt and the audit log, a site to name servers, every text
 * into prompts and, with what comes of it, into plans that are kept.
 */
function keyInField(key: ProviderKey, request: Named): Failure | undefined {
  const field = Object.entries(request).find(
    ([, value]) =>
      value !== undefined && holdsKey(key, typeof value === 'string' ? value : JSON.stringify(value)),
  )?.[0];
  if (field === undefined) return undefined;
  return MISPLACED[field] ?? keyInText(field);
}
