import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RunLedger } from '../../../server/receipts/run-ledger.ts';
import { createServerSigner } from '../../../server/receipts/server-signer.ts';
import { verifyReceipt } from '../../../server/receipts/verify-receipt.ts';
import { RECEIPT_TYPE, type Receipt } from '../../../shared/contract/receipt.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receipts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function sample(): Receipt {
  const ledger = new RunLedger();
  ledger.call({ phase: 'classifying', status: 200, requestId: 'req_1', model: 'm', ms: 12 });
  return ledger.receipt({
    run: 'r'.repeat(22),
    issuedAt: '2026-11-21T00:00:00.000Z',
    build: '0.1.0+abc',
    credentials: 'user',
    provider: 'anthropic',
    host: 'api.anthropic.com',
    model: 'claude',
    outcome: 'done',
    ms: 1234,
    cancel: null,
    rowsWritten: 0,
    auditEntries: 0,
  });
}

test('a receipt verifies with the published key alone', () => {
  const signer = createServerSigner(folder);
  expect(verifyReceipt(signer.sign(RECEIPT_TYPE, sample()), signer.publicKey.publicKey)).toEqual(sample());
});

test('a changed receipt does not', () => {
  const signer = createServerSigner(folder);
  const envelope = signer.sign(RECEIPT_TYPE, sample());
  const payload = Buffer.from(JSON.stringify({ ...sample(), host: 'evil.example' })).toString('base64');
  expect(verifyReceipt({ ...envelope, payload }, signer.publicKey.publicKey)).toContain('does not match');
  expect(verifyReceipt({ ...envelope, payloadType: 'text/plain' }, signer.publicKey.publicKey)).toContain(
    'not a receipt',
  );
});

test('another server’s key does not verify it', () => {
  const envelope = createServerSigner(folder).sign(RECEIPT_TYPE, sample());
  const other = createServerSigner(join(folder, 'other'));
  expect(verifyReceipt(envelope, other.publicKey.publicKey)).toContain('does not match');
});

test('the signing key stays the same over a restart, readable by its owner alone', () => {
  const first = createServerSigner(folder).publicKey;
  expect(createServerSigner(folder).publicKey).toEqual(first);
  expect(statSync(join(folder, 'receipt-key.pem')).mode & 0o777).toBe(0o600);
});
