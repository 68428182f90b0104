/** The 32 bytes of SHA-256 (FIPS 180-4) over `bytes`, by WebCrypto. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** Bytes as lower-case hexadecimal text, two digits each, nothing between them. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** `sha256:<hex>` of the UTF-8 bytes of a SKILL.md, as the discovery RFC writes digests. */
export async function digestOf(text: string): Promise<string> {
  return `sha256:${hexOf(await sha256(new TextEncoder().encode(text)))}`;
}
