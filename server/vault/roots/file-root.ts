import { createHmac } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { secretBuffer } from '../../keys/secret-buffer.ts';
import { type Root, VaultSealed } from './root.ts';

/** 32 bytes in base64url. */
const TEXT_BYTES = 43;
const ROOT_BYTES = 32;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * A root in a file that its owner alone can read. It stays in this process's memory, as a file on a disk beside it would anyway; a KMS
 * behind a `command` is better.
 */
export function fileRoot(id: string, path: string): Root {
  const secret = readRootFile(path);
  return { id, mac: async (context) => macOf(secret, context) };
}

function macOf(secret: Buffer, context: Buffer): Buffer {
  const code = createHmac('sha256', secret).update(context).digest();
  const own = secretBuffer(code.length);
  code.copy(own);
  code.fill(0);
  return own;
}

/** Throws `VaultSealed` with the repair. The memory is outside of V8's heap. */
export function readRootFile(path: string): Buffer {
  const text = secretBuffer(TEXT_BYTES + 2);
  try {
    return decode(text.subarray(0, readOwn(path, text)), path);
  } finally {
    text.fill(0);
  }
}

function readOwn(path: string, target: Buffer): number {
  let file: number;
  try {
    // no link: it could point at somebody else's file by tomorrow
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  } catch {
    throw new VaultSealed(
      `The root file ${path} cannot be opened. Put it back from its copy; npm run vault:init makes a new one only for a new vault.`,
    );
  }
  try {
    const { mode, uid, nlink, size } = fstatSync(file);
    if (process.platform !== 'win32') {
      if ((mode & 0o077) !== 0) throw new VaultSealed(`Others can read the root file ${path}: chmod 600.`);
      if (uid !== process.getuid?.())
        throw new VaultSealed(`The root file ${path} belongs to another user: chown it to this server's.`);
      if (nlink !== 1) throw new VaultSealed(`The root file ${path} has a second hard link. Remove it.`);
    }
    if (size > target.length) throw notARoot(path);
    return readSync(file, target, 0, target.length, 0);
  } finally {
    closeSync(file);
  }
}

/** By hand, for `toString` would make a string of it and Node's decoder takes nearly anything. */
function decode(text: Buffer, path: string): Buffer {
  const length = text.at(-1) === 0x0a ? text.length - 1 : text.length;
  if (length !== TEXT_BYTES) throw notARoot(path);
  const root = secretBuffer(ROOT_BYTES);
  let [bits, held, at] = [0, 0, 0];
  for (let i = 0; i < length; i++) {
    const value = ALPHABET.indexOf(String.fromCharCode(text[i] ?? 0));
    if (value < 0) throw notARoot(path);
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    root[at++] = (held >> bits) & 0xff;
  }
  // 43 characters have two bits more than 32 bytes, which have to be zero
  if ((held & 0b11) !== 0) throw notARoot(path);
  return root;
}

function notARoot(path: string): VaultSealed {
  return new VaultSealed(
    `The file ${path} is no root: one line of 43 characters of base64url, as npm run vault:init writes it.`,
  );
}
