/** Browsers give a page that came by plain http no WebCrypto, but on localhost: a key could not be sealed. */
export function canSeal(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export const CANNOT_SEAL =
  'No key can be sealed over plain http. Open it by https, or on localhost. The sandbox needs none.';
