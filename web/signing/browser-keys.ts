import type { SignMessage } from '../../shared/signing/model-signature.ts';
import {
  ECDSA_P256,
  ECDSA_SHA256,
  type PublicSigningKey,
  readSigningKey,
} from '../../shared/signing/signing-key.ts';

/**
 * The signing keys of this browser. Their private halves are WebCrypto's: no code, this page's included, can read them, and they are in no
 * backup that leaves the browser's profile. Each belongs to the account that it was made for.
 */
export interface BrowserKey extends PublicSigningKey {
  readonly sign: SignMessage;
}

interface StoredKey {
  readonly id: string;
  readonly handle: string;
  readonly spki: Uint8Array<ArrayBuffer>;
  readonly privateKey: CryptoKey;
  readonly madeAt: number;
}

const DATABASE = 'oneturn-signing';
const STORE = 'keys';

/** Whether this browser signs at all: over plain http, but on the machine itself, WebCrypto is not there. */
export function canSign(): boolean {
  return globalThis.crypto?.subtle !== undefined && globalThis.indexedDB !== undefined;
}

/** Those that were made here for that account, the newest first; rejects where the browser keeps no storage. */
export async function browserKeysOf(handle: string): Promise<readonly BrowserKey[]> {
  // as: the store holds what makeBrowserKey put there
  const stored = (await inStore('readonly', (store) => store.getAll())) as readonly StoredKey[];
  const own = stored.filter((key) => key.handle === handle).sort((a, b) => b.madeAt - a.madeAt);
  const keys = await Promise.all(own.map(toBrowserKey));
  return keys.filter((key) => key !== undefined);
}

/** Kept before anybody hears of it: a signing key that is registered and lost would be of no use. */
export async function makeBrowserKey(handle: string): Promise<BrowserKey> {
  const pair = await crypto.subtle.generateKey(ECDSA_P256, false, ['sign', 'verify']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const key = await readSigningKey(spki);
  if (!key) throw new Error('WebCrypto made a key that is none of P-256');
  const stored: StoredKey = { id: key.id, handle, spki, privateKey: pair.privateKey, madeAt: Date.now() };
  await inStore('readwrite', (store) => store.put(stored));
  // Asks the browser not to throw it away when the disk is full; it may say no.
  void navigator.storage?.persist?.().catch(() => false);
  return { ...key, sign: signWith(pair.privateKey) };
}

async function toBrowserKey({ spki, privateKey }: StoredKey): Promise<BrowserKey | undefined> {
  const key = await readSigningKey(new Uint8Array(spki));
  return key && { ...key, sign: signWith(privateKey) };
}

function signWith(privateKey: CryptoKey): SignMessage {
  return async (message) => new Uint8Array(await crypto.subtle.sign(ECDSA_SHA256, privateKey, message));
}

async function inStore<T>(
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = work(transaction.objectStore(STORE));
      // at its end, not at the request's: only then is it written
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
