import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import type { SignerKey } from '../../shared/signing/check-signed.ts';
import { keysFile, keysInFile, keysInPem } from '../../shared/signing/read-keys-file.ts';

/** A sentence: what is wrong with the file. */
export async function readSignerKeys(path: string): Promise<readonly SignerKey[] | string> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return `The key file ${path} cannot be read.`;
  }
  const found = text.trimStart().startsWith('{') ? await fromJson(text) : await keysInPem(text);
  return found.length > 0
    ? found
    : `${path} holds no public signing key: neither PEM of the curve P-256 nor a registry's JSON of keys.`;
}

async function fromJson(text: string): Promise<readonly SignerKey[]> {
  const parsed = z.safeParse(keysFile, parse(text));
  return parsed.success ? keysInFile(parsed.data) : [];
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
