import type { Failure } from '../contract/failure.ts';

const malformed = (message: string): Failure => ({ code: 'key_malformed', message });

/** What is wrong with what was pasted as a key, in sentences that quote nothing of it. */
export const KEY_FAULTS = {
  missing: (name: string): Failure => ({
    code: 'key_missing',
    message: `${name} needs a key. Paste yours, or send it in the header x-provider-key.`,
  }),
  length: malformed(
    'This is too short or too long for a key. Copy the whole key, and only the key, and paste it again.',
  ),
  characters: malformed(
    'The key has a line break, a blank or a character that no key has. Copy it again, in one piece, from the provider.',
  ),
  shortened: malformed(
    'This is a shortened key, as lists of keys show it. Copy the whole key, or make a new one at the provider.',
  ),
  tooMuch: (what: string): Failure =>
    malformed(
      `This is ${what}: it can do far more than plan skills, so it is not taken. Make an ordinary API key.`,
    ),
  unlike: (name: string, prefixes: readonly string[]): Failure =>
    malformed(
      `This does not look like a key of ${name}: those begin with ${prefixes.join(' or ')}. Copy the key again.`,
    ),
  otherProvider: (of: string, at: string): Failure => ({
    code: 'key_malformed',
    reason: 'wrong_provider',
    message: `This looks like a key of ${of}, not of ${at}. Choose ${of} as the provider, or paste another key. Nothing was sent.`,
  }),
  sealOnly: malformed(
    'This server takes sealed keys only. Use its page, or npm run compose, which seal the key.',
  ),
  takesNone: (name: string): Failure => ({
    code: 'invalid_request',
    field: 'provider',
    message: `${name} takes no key. Name the provider that your key is for.`,
  }),
  stale: {
    code: 'key_malformed',
    reason: 'seal_stale',
    message:
      'Your key was sealed for a moment that has passed, or for another request. Nothing was sent to the provider. Paste the key again.',
  },
} as const satisfies Record<string, Failure | ((...words: never[]) => Failure)>;
