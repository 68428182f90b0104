import { readFileSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { type Envelope, envelope } from '../../shared/contract/receipt.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { serverConfig } from '../../shared/contract/server-config.ts';
import { POLICY_TYPE } from '../../shared/contract/vault/key-policy.ts';
import { plainText } from '../../shared/providers/plain-text.ts';
import type { SignerKey } from '../../shared/signing/check-signed.ts';
import { verifyReceipt } from '../receipts/verify-receipt.ts';
import { readSignerKeys } from './signer-keys.ts';
import { judgePolicy, verifyPolicy } from './vault/verify-policy.ts';
import { verifyFolder } from './verify-folder.ts';

const USAGE = `npm run verify -- FOLDER --key FILE … [--at DATE]
npm run verify -- receipt.json [--key <public key> | --server <url>]
npm run verify -- policy.json | https://…/.well-known/oneturn-policy.json [--key <public key> | --server <url>]

A skill, a folder of skills or a bundle: checks skill.oms.sig and bundle.oms.sig on this machine alone. The exit code is 0 where all is as
it was signed, 1 where something is not, 2 where it could not be checked.

  --key FILE   the signer's public keys: PEM, or JSON from /.well-known/skill-keys/<handle>.json, which has their revocations too;
               again for each further signer
  --at DATE    when it was published, as in 2026-11-28T06:00:00Z, for keys that were revoked later

A receipt: checks its Ed25519 signature. With --key (the server's receiptKey.publicKey, base64url) nothing leaves this machine;
otherwise the key is read from GET /v1/config of --server (http://127.0.0.1:8787).

A policy on stored keys, as a file or at its address: the same, and whether no key can be stored at this time. Of an address the server is
the one that is asked for the public key. Give --key, noted down before, to believe neither. The exit code is 1 where keys may be stored.`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string', multiple: true },
      at: { type: 'string' },
      server: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const file = positionals[0];
  if (!file || values.help) {
    console.log(USAGE);
    return values.help ? 0 : 2;
  }
  if (/^https?:\/\//.test(file)) return signedAt(new URL(file), values.key?.[0], values.server);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) {
    console.error(`There is no ${plainText(file)}.`);
    return 2;
  }
  return found.isDirectory()
    ? folder(file, values.key ?? [], values.at)
    : signed(JSON.parse(readFileSync(file, 'utf8')), { key: values.key?.[0], server: values.server });
}

async function folder(path: string, keyFiles: readonly string[], at: string | undefined): Promise<number> {
  const date = at === undefined ? undefined : new Date(at);
  if (date && Number.isNaN(date.getTime())) {
    console.error('--at is no date. It looks like 2026-11-28T06:00:00Z.');
    return 2;
  }
  const keys: SignerKey[] = [];
  for (const keyFile of keyFiles) {
    const read = await readSignerKeys(keyFile);
    if (typeof read === 'string') {
      console.error(plainText(read));
      return 2;
    }
    keys.push(...read);
  }
  const checks = await verifyFolder(path, { keys, at: date });
  for (const { title, notes, faults } of checks) {
    console.log(`${faults.length === 0 ? 'good' : 'BAD '}  ${plainText(title)}`);
    for (const line of [...faults, ...notes]) console.log(`      ${plainText(line)}`);
  }
  if (checks.length === 0) console.error('There is no skill and no bundle in that folder.');
  else if (keys.length === 0) console.error("Not checked: give the signer's public key with --key.");
  if (checks.length === 0 || keys.length === 0) return 2;
  return checks.every(({ faults }) => faults.length === 0) ? 0 : 1;
}

interface SignedBy {
  readonly key: string | undefined;
  readonly server: string | undefined;
  /** Where it was fetched. */
  readonly origin?: string;
}

async function signedAt(url: URL, key: string | undefined, server: string | undefined): Promise<number> {
  const answer = await getJson(url);
  return signed(answer, { key, server: server ?? url.origin, origin: url.origin });
}

/** A receipt, or a policy: what it is stands in its envelope, and is a part of what is signed. */
async function signed(json: unknown, { key, server: given, origin }: SignedBy): Promise<number> {
  const read = z.parse(envelope, json);
  const server = given ?? 'http://127.0.0.1:8787';
  const publicKey =
    key ?? z.parse(serverConfig, await getJson(new URL(ROUTES.config, server))).receiptKey.publicKey;
  const by = key ? 'the given key' : server;
  return read.payloadType === POLICY_TYPE
    ? policy(read, { publicKey, by, origin })
    : receipt(read, publicKey, by);
}

/** What is large or slow is none of ours, and whoever leads elsewhere speaks for nobody. */
async function getJson(url: URL): Promise<unknown> {
  const signal = AbortSignal.timeout(10_000);
  const answer = await fetch(url, { signal, redirect: 'error' });
  if (!answer.ok) throw new Error('there is nothing to check at that address');
  return answer.json();
}

function policy(
  read: Envelope,
  {
    publicKey,
    by,
    origin,
  }: { readonly publicKey: string; readonly by: string; readonly origin: string | undefined },
): number {
  const result = verifyPolicy(read, publicKey);
  if (typeof result === 'string') {
    console.error(result);
    return 1;
  }
  const { notes, faults } = judgePolicy(result, new Date(), origin);
  console.log(`Good signature by ${plainText(by)}.`);
  for (const line of [...faults, ...notes]) console.log(plainText(line));
  return faults.length === 0 ? 0 : 1;
}

function receipt(read: Envelope, publicKey: string, by: string): number {
  const result = verifyReceipt(read, publicKey);
  if (typeof result === 'string') {
    console.error(result);
    return 1;
  }
  console.log(`Good signature by ${by}.\n`);
  for (const [name, value] of Object.entries(result)) {
    const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
    console.log(`${name.padEnd(14)} ${name === 'calls' ? result.calls.length : plainText(text)}`);
  }
  return 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code.startsWith('ERR_PARSE_ARGS')) console.error(USAGE);
    else if (/^E[A-Z]+$/.test(code)) console.error(`The files could not be read (${code}).`);
    else
      console.error(
        'That did not work: it is neither receipt nor policy, or the server could not be reached.',
      );
    process.exit(code === '' ? 1 : 2);
  },
);
