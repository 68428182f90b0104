import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import {
  type Envelope,
  envelope,
  RECEIPT_TYPE,
  type Receipt,
  receipt,
} from '../../shared/contract/receipt.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { serverConfig } from '../../shared/contract/server-config.ts';
import { payloadOf, preAuthEncoding } from '../../shared/signing/dsse.ts';

const USAGE = `npm run verify -- receipt.json [--key <public key> | --server <url>]

Checks a receipt's Ed25519 signature. With --key (the server's receiptKey.publicKey, base64url) nothing leaves this machine;
otherwise the key is read from GET /v1/config of --server (http://127.0.0.1:8787).`;

/** The receipt that the envelope holds, when that key signed it; else why not. */
export function verifyReceipt(signed: Envelope, publicKey: string): Receipt | string {
  const payload = payloadOf(signed);
  if (!payload || signed.payloadType !== RECEIPT_TYPE) return 'This is not a receipt of a run.';
  const raw = Buffer.from(publicKey, 'base64url');
  if (raw.length !== 32) return 'The public key is not 32 bytes of base64url.';
  // RFC 8410: the fixed head of an Ed25519 SubjectPublicKeyInfo
  const key = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]),
    format: 'der',
    type: 'spki',
  });
  const message = preAuthEncoding(signed.payloadType, payload);
  if (!signed.signatures.some(({ sig }) => verify(null, message, key, Buffer.from(sig, 'base64')))) {
    return 'The signature does not match: the receipt was changed, or another server signed it.';
  }
  const parsed = z.safeParse(receipt, JSON.parse(Buffer.from(payload).toString()));
  return parsed.success
    ? parsed.data
    : 'The signature is good, but the receipt is of a version that this tool does not know.';
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string' }, server: { type: 'string' }, help: { type: 'boolean' } },
  });
  const file = positionals[0];
  if (!file || values.help) {
    console.log(USAGE);
    return file ? 0 : 2;
  }
  const signed = z.parse(envelope, JSON.parse(readFileSync(file, 'utf8')));
  const server = values.server ?? 'http://127.0.0.1:8787';
  const publicKey =
    values.key ??
    z.parse(serverConfig, await (await fetch(new URL(ROUTES.config, server))).json()).receiptKey.publicKey;
  const result = verifyReceipt(signed, publicKey);
  if (typeof result === 'string') {
    console.error(result);
    return 1;
  }
  console.log(`Good signature by ${values.key ? 'the given key' : server}.\n`);
  for (const [name, value] of Object.entries(result)) {
    console.log(
      `${name.padEnd(14)} ${name === 'calls' ? `${result.calls.length}` : typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
    );
  }
  return 0;
}

if (process.argv[1]?.endsWith('verify.ts')) {
  main().then(
    (code) => process.exit(code),
    () => {
      console.error('That did not work: the file is not a receipt, or the server could not be reached.');
      process.exit(1);
    },
  );
}
