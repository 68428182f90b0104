/**
 * Memory for a key, or for anything made of one: the only way to make some. V8 puts typed arrays of 64 bytes or less on its own heap,
 * `Buffer.alloc` and `new Uint8Array(n)` alike, and its collector moves them and leaves copies that nobody can wipe. What has its own
 * ArrayBuffer never lies there, so that a `fill(0)` is the end of it.
 */
export function secretBytes(byteLength: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new ArrayBuffer(byteLength));
}
