/**
 * OpenSSF Model Signing (OMS) v1 in its form for keys: a sigstore bundle with a DSSE envelope around an in-toto statement that lists every
 * file with its SHA-256. Pure but for WebCrypto. Source: sigstore/model-transparency, `signing.py` and `sign_ec_key.py`.
 */
import * as z from 'zod/mini';
import { hexOf, sha256 } from '../hashes/sha256.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { derToRaw, rawToDer } from './ecdsa-der.ts';
import { preAuthEncoding } from './envelope.ts';
import { isSignedBy, type PublicSigningKey } from './signing-key.ts';

export const SIGNATURE_FILE = 'skill.oms.sig';
export const BUNDLE_SIGNATURE_FILE = 'bundle.oms.sig';
export const MAX_SIGNATURE_CHARS = 200_000;

const BUNDLE_TYPE = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const PAYLOAD_TYPE = 'application/vnd.in-toto+json';
const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';
const PREDICATE_TYPE = 'https://model_signing/signature/v1.0';

/** A file of the skill or bundle. `path` is relative, with `/` between its parts. */
export interface FileToSign {
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The ECDSA signature of the message with SHA-256, r and s of 32 bytes each, as WebCrypto gives it. */
export type SignMessage = (message: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;

/** The text of the signature's file. */
export async function signFiles(
  name: string,
  files: readonly FileToSign[],
  key: { readonly id: string; readonly sign: SignMessage },
): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify(await statementOf(name, files)));
  const signature = rawToDer(await key.sign(preAuthEncoding(PAYLOAD_TYPE, payload)));
  return JSON.stringify({
    mediaType: BUNDLE_TYPE,
    verificationMaterial: { publicKey: { hint: key.id }, tlogEntries: [] },
    dsseEnvelope: {
      payload: toBase64(payload),
      payloadType: PAYLOAD_TYPE,
      signatures: [{ sig: toBase64(signature), keyid: '' }],
    },
  });
}

const signatureFile = z.object({
  mediaType: z.literal(BUNDLE_TYPE),
  verificationMaterial: z.object({ publicKey: z.object({ hint: z.string() }) }),
  dsseEnvelope: z.object({
    payload: z.string(),
    payloadType: z.literal(PAYLOAD_TYPE),
    signatures: z.array(z.object({ sig: z.string() })).check(z.length(1)),
  }),
});

const statement = z.object({
  _type: z.literal(STATEMENT_TYPE),
  subject: z
    .array(z.object({ name: z.string(), digest: z.object({ sha256: z.string() }) }))
    .check(z.length(1)),
  predicateType: z.literal(PREDICATE_TYPE),
  predicate: z.object({
    resources: z.array(z.object({ name: z.string(), algorithm: z.literal('sha256'), digest: z.string() })),
  }),
});

/** Why a signature is not good, as the rest of a sentence that begins with the signature's file. */
export type SignatureCheck = { readonly ok: true } | { readonly ok: false; readonly fault: string };

/** What a signature says when that key made it: the name, and the SHA-256 in hex of each file. */
export type OpenedSignature =
  | {
      readonly ok: true;
      readonly name: string;
      readonly root: string;
      readonly files: ReadonlyMap<string, string>;
    }
  | { readonly ok: false; readonly fault: string };

/**
 * Checks who signed and what, but not the files themselves: whoever calls compares their digests, as `verifyFiles` does. Texts over
 * `MAX_SIGNATURE_CHARS` are refused unread. Never throws on what `text` says.
 */
export async function openSignature(
  text: string,
  key: Pick<PublicSigningKey, 'spki'>,
): Promise<OpenedSignature> {
  const file = text.length > MAX_SIGNATURE_CHARS ? undefined : parseAs(signatureFile, text);
  const payload = file && fromBase64(file.dsseEnvelope.payload);
  const sig = file && fromBase64(file.dsseEnvelope.signatures[0]?.sig ?? '');
  if (!payload || !sig) return { ok: false, fault: 'is no OpenSSF Model Signing signature' };
  const raw = derToRaw(sig);
  const message = preAuthEncoding(PAYLOAD_TYPE, payload);
  if (!raw || !(await isSignedBy(key, raw, message)))
    return { ok: false, fault: 'was not made by this signing key, or was changed afterwards' };
  const signed = parseAs(statement, new TextDecoder().decode(payload));
  const subject = signed?.subject[0];
  if (!signed || !subject) return { ok: false, fault: 'signs something that is no list of files' };
  const files = new Map(signed.predicate.resources.map(({ name: path, digest }) => [path, digest]));
  return { ok: true, name: subject.name, root: subject.digest.sha256, files };
}

/** Whether `text` is the signature of exactly these files under that name by that key. */
export async function verifyFiles(
  text: string,
  name: string,
  files: readonly FileToSign[],
  key: Pick<PublicSigningKey, 'spki'>,
): Promise<SignatureCheck> {
  const signed = await openSignature(text, key);
  if (!signed.ok) return signed;
  const expected = await statementOf(name, files);
  const given = new Map(signed.files);
  for (const { name: path, digest } of expected.predicate.resources) {
    const known = given.get(path);
    if (known === undefined) return { ok: false, fault: `does not cover ${path}` };
    if (known !== digest) return { ok: false, fault: `was made for another ${path}` };
    given.delete(path);
  }
  for (const path of given.keys()) return { ok: false, fault: `covers ${path}, which is not there` };
  const isSame = signed.name === name && signed.root === expected.subject[0].digest.sha256;
  return isSame ? { ok: true } : { ok: false, fault: `was not made for ${name}` };
}

/** Who says to have signed: a hint for finding the key, never trusted. */
export function signerHint(text: string): string | undefined {
  return parseAs(signatureFile, text)?.verificationMaterial.publicKey.hint;
}

async function statementOf(name: string, files: readonly FileToSign[]) {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  const digests = await Promise.all(sorted.map(({ bytes }) => sha256(bytes)));
  const all = Uint8Array.from(digests.flatMap((digest) => [...digest]));
  return {
    _type: STATEMENT_TYPE,
    subject: [{ name, digest: { sha256: hexOf(await sha256(all)) } }] as const,
    predicateType: PREDICATE_TYPE,
    predicate: {
      serialization: {
        method: 'files',
        hash_type: 'sha256',
        allow_symlinks: false,
        ignore_paths: [SIGNATURE_FILE, BUNDLE_SIGNATURE_FILE],
      },
      resources: sorted.map(({ path }, i) => ({
        name: path,
        algorithm: 'sha256',
        digest: hexOf(digests[i] ?? new Uint8Array()),
      })),
    },
  };
}

function parseAs<T>(schema: z.core.$ZodType<T>, text: string): T | undefined {
  try {
    const parsed = z.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
