import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { envelope } from '../../shared/contract/receipt.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { serverConfig } from '../../shared/contract/server-config.ts';
import { plainText } from '../../shared/providers/plain-text.ts';
import { verifyReceipt } from '../receipts/verify-receipt.ts';

const USAGE = `npm run verify -- receipt.json [--key <public key> | --server <url>]

Checks a receipt's Ed25519 signature. With --key (the server's receiptKey.publicKey, base64url) nothing leaves this machine;
otherwise the key is read from GET /v1/config of --server (http://127.0.0.1:8787).`;

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
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    console.log(`${name.padEnd(14)} ${name === 'calls' ? result.calls.length : plainText(text)}`);
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  () => {
    console.error('That did not work: the file is not a receipt, or the server could not be reached.');
    process.exit(1);
  },
);
