import type { Envelope } from '../contract/receipt.ts';
import { fromBase64, toBase64 } from './base64.ts';

/**
 * Signed documents as DSSE envelopes. Source: secure-systems-lab/dsse, protocol.md and envelope.md. Pure: whoever calls brings the
 * Ed25519 operations of the platform, since their names differ between Node and browsers.
 */

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The private half of a signing key, behind one operation: its bytes stay with whoever made it. */
export interface Signer {
  /** Names the public key in the envelope; a hint for readers, never trusted. */
  readonly keyId: string;
  /** The Ed25519 signature of the message, 64 bytes. */
  sign(message: Uint8Array): Uint8Array;
}

/** Whether that is the signature of the message by the public key that the reader trusts. Must not throw. */
export type CheckSignature = (message: Uint8Array, signature: Uint8Array) => boolean;

/** The signed document, or why there is none. */
export type Opened =
  | { readonly ok: true; readonly document: unknown }
  /** `type`: of another kind of document, or no envelope. `signature`: changed, or signed by somebody else. */
  | { readonly ok: false; readonly fault: 'type' | 'signature' };

/** Signs a document as JSON. `payloadType` is its media type, and part of what is signed. */
export function signEnvelope(payloadType: string, document: object, signer: Signer): Envelope {
  const payload = encoder.encode(JSON.stringify(document));
  const signature = signer.sign(preAuthEncoding(payloadType, payload));
  return {
    payloadType,
    payload: toBase64(payload),
    signatures: [{ keyid: signer.keyId, sig: toBase64(signature) }],
  };
}

/** The document, when it has that type and one of the signatures is good. */
export function openEnvelope(envelope: Envelope, payloadType: string, check: CheckSignature): Opened {
  const payload = fromBase64(envelope.payload);
  if (payload === undefined || envelope.payloadType !== payloadType) return { ok: false, fault: 'type' };
  const message = preAuthEncoding(payloadType, payload);
  const isSigned = envelope.signatures.some(({ sig }) => {
    const signature = fromBase64(sig);
    return signature !== undefined && check(message, signature);
  });
  if (!isSigned) return { ok: false, fault: 'signature' };
  const document = parse(payload);
  return document === undefined ? { ok: false, fault: 'type' } : { ok: true, document };
}

/** The document without a look at its signatures, to be shown and not to be trusted; undefined when it is no JSON. */
export function peekEnvelope({ payload }: Envelope): unknown {
  const bytes = fromBase64(payload);
  return bytes && parse(bytes);
}

/** DSSE's pre-authentication encoding, the bytes that are signed. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(
    `DSSEv1 ${encoder.encode(payloadType).length} ${payloadType} ${payload.length} `,
  );
  const encoded = new Uint8Array(head.length + payload.length);
  encoded.set(head);
  encoded.set(payload, head.length);
  return encoded;
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(payload));
  } catch {
    return undefined;
  }
}
