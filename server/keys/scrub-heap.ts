/** What a read of a socket takes from malloc, and what is left of it when smaller things were put there since. */
const SIZES = [65_536, 32_768, 16_384, 8192, 4096, 2048, 1024, 512];
const EACH = 24;

/**
 * Fills what malloc has free with zeros. libuv reads into a block of 64 KiB that Node gives back unwiped once it has copied the bytes
 * out of it: there an echoed key would lie until a later read took the block. Costs about 3 ms, so it is done after an echo only.
 */
export function scrubHeap(): void {
  const held: Buffer[] = [];
  for (const size of SIZES) for (let i = 0; i < EACH; i++) held.push(Buffer.allocUnsafeSlow(size).fill(0));
}
