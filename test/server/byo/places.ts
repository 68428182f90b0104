import type { JournalEntry } from '../../../server/sandbox/journal.ts';
import type { Canary } from '../../leak/canary.ts';

export interface Searched {
  readonly log: string;
  readonly metrics: string;
  readonly response: string;
  readonly journal: readonly JournalEntry[];
}

const AUTH_HEADERS = ['authorization', 'x-api-key', 'api-key'];

/** The places that have the canary, or a block of it in any spelling; the auth headers of the journal are where it belongs. */
export function placesOf(canary: Canary, { log, metrics, response, journal }: Searched): string[] {
  const beside = journal.map(({ path, headers, body }) => [
    path,
    body,
    ...headers.map(([name, value]) => name + (AUTH_HEADERS.includes(name.toLowerCase()) ? '' : value)),
  ]);
  const places = { log, metrics, response, journal: beside.flat().join('\n') };
  const spelled = canary.blocks.flatMap(spellings);
  return Object.entries(places).flatMap(([name, text]) => (spelled.some((spelling) => text.includes(spelling)) ? [name] : []));
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
