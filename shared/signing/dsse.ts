import type { Envelope } from '../contract/receipt.ts';

const text = new TextEncoder();

/** DSSE's pre-authentication encoding, the bytes that are signed. Source: secure-systems-lab/dsse, protocol.md. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = text.encode(`DSSEv1 ${text.encode(payloadType).length} ${payloadType} ${payload.length} `);
  const encoded = new Uint8Array(head.length + payload.length);
  encoded.set(head);
  encoded.set(payload, head.length);
  return encoded;
}

/** The envelope's payload; undefined when it is not base64. */
export function payloadOf(envelope: Envelope): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(envelope.payload), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
