import { createHash, randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';

/**
 * The form of an API token: `oneturn_`, 30 random letters and digits (178 bits), and their CRC-32 in 6 more. The prefix and the
 * checksum let secret scanners find leaked ones without false alarms, and let us refuse typing errors without the database.
 */

export const TOKEN_PREFIX = 'oneturn_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const RANDOM_CHARS = 30;
const CHECKSUM_CHARS = 6;
const FORM = new RegExp(`^${TOKEN_PREFIX}([0-9A-Za-z]{${RANDOM_CHARS}})([0-9A-Za-z]{${CHECKSUM_CHARS}})$`);

export function makeApiToken(): string {
  const random = Array.from({ length: RANDOM_CHARS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return `${TOKEN_PREFIX}${random}${checksumOf(random)}`;
}

export function isApiToken(text: string): boolean {
  const [, random, checksum] = FORM.exec(text) ?? [];
  return random !== undefined && checksumOf(random) === checksum;
}

/** What the database keeps. Nothing that short of all 178 bits leads to a token, so a fast hash without salt is enough. */
export function hashApiToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function checksumOf(random: string): string {
  let rest = crc32(random);
  let text = '';
  for (let i = 0; i < CHECKSUM_CHARS; i += 1) {
    text = `${ALPHABET[rest % ALPHABET.length]}${text}`;
    rest = Math.floor(rest / ALPHABET.length);
  }
  return text;
}
