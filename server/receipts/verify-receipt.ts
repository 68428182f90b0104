import * as z from 'zod/mini';
import { type Envelope, RECEIPT_TYPE, type Receipt, receipt } from '../../shared/contract/receipt.ts';
import { openSigned } from './open-signed.ts';

/** The receipt that the envelope holds, when that public key (raw, base64url) signed it; else a sentence that says why not. */
export function verifyReceipt(signed: Envelope, publicKey: string): Receipt | string {
  const opened = openSigned(signed, { name: 'receipt of a run', type: RECEIPT_TYPE }, publicKey);
  if (typeof opened === 'string') return opened;
  const parsed = z.safeParse(receipt, opened.document);
  return parsed.success
    ? parsed.data
    : 'The signature is good, but the receipt is of a version that this tool does not know.';
}
