import { createHash } from 'node:crypto';
import type { Canary } from '../../../leak/canary.ts';
import type { JournalEntry } from '../../../sandbox/journal.ts';

export interface Searched {
  readonly log: string;
  readonly metrics: string;
  readonly response: string;
  readonly journal: readonly JournalEntry[];
}

const AUTH_HEADERS = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'];

const HASHES = ['md5', 'sha1', 'sha256', 'sha512'];

/**
 * The places that have the canary, a block of it in any spelling, or a hash of it; the auth headers of the journal are where it
 * belongs. A receipt is searched as it is signed, too: in a response it is base64.
 */
export function placesOf(canary: Canary, { log, metrics, response, journal }: Searched): string[] {
  const beside = journal.map(({ path, headers, body }) => [
    path,
    body,
    ...headers.map(([name, value]) => name + (AUTH_HEADERS.includes(name.toLowerCase()) ? '' : value)),
  ]);
  const receipts = [...response.matchAll(/"payload":"([^"]+)"/g)].map(([, payload]) =>
    Buffer.from(payload ?? '', 'base64').toString(),
  );
  const places = {
    log,
    metrics,
    response: [response, ...receipts].join('\n'),
    journal: beside.flat().join('\n'),
  };
  const spelled = [...canary.blocks.flatMap(spellings), ...hashes(canary.key)];
  return Object.entries(places).flatMap(([name, text]) =>
    spelled.some((spelling) => text.includes(spelling)) ? [name] : [],
  );
}

/** Their first 16 characters: a shortened hash is one, too. */
function hashes(key: string): string[] {
  const encodings = ['hex', 'base64', 'base64url'] as const;
  return HASHES.flatMap((name) =>
    encodings.map((encoding) => createHash(name).update(key).digest(encoding).slice(0, 16)),
  );
}

function spellings(block: string): string[] {
  const bytes = Buffer.from(block);
  // What of each alignment of base64 the block alone decides.
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return text.slice(shift === 0 ? 0 : shift + 1, -2);
  });
  const percent = [...bytes].map((byte) => `%${byte.toString(16)}`).join('');
  return [block, bytes.toString('hex'), percent, percent.toUpperCase(), ...base64];
}
