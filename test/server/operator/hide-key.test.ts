import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { hideKey } from '../../../server/operator/hide-key.ts';
import type { Ask, ModelCall } from '../../../shared/compose/ask.ts';
import { NO_USAGE } from '../../../shared/contract/usage.ts';

const KEY = 'sk-operator-"7+/\\x9ZqLm4';
const CALL: ModelCall = { id: 'draft-i1-1', phase: 'drafting', system: '', user: '', maxOutputTokens: 1 };

const says =
  (pieces: readonly string[]): Ask =>
  async (_, watch) => {
    for (const piece of pieces) watch.text(piece);
    return { kind: 'answer', text: pieces.join(''), finish: 'stop', usage: NO_USAGE, startedMs: 0, ms: 0 };
  };

async function heard(pieces: readonly string[], key: string | null = KEY) {
  const told: string[] = [];
  const watch = { text: (delta: string) => void told.push(delta), waiting: () => undefined };
  const { text } = await hideKey(says(pieces), key ?? undefined)(CALL, watch, new AbortController().signal);
  return { told: told.join(''), text };
}

/** Cut at the given places, which may coincide. */
function cutAt(text: string, places: readonly number[]): string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return at.slice(1).map((end, i) => text.slice(at[i], end));
}

const base64 = (before: string): string => Buffer.from(`${before}${KEY}`).toString('base64');
const FORMS: readonly string[] = [
  ...[KEY, JSON.stringify({ auth: KEY }), encodeURIComponent(KEY), Buffer.from(KEY).toString('hex')],
  ...[base64(''), base64('B'), base64('Be'), base64('Bearer '), Buffer.from(KEY).toString('base64url')],
];

it.each(FORMS)('takes the key out of %s, however it is cut', async (form) => {
  const cores = [
    KEY,
    JSON.stringify(KEY).slice(1, -1),
    encodeURIComponent(KEY),
    Buffer.from(KEY).toString('hex'),
  ];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(200), { maxLength: 30 }), async (places) => {
      const { told, text } = await heard(cutAt(`Draft: ${form}. End`, places));
      expect(told).toBe(text);
      expect(text).toMatch(/^Draft: .*\[key removed\].*\. End$/);
      for (const core of cores) expect(text).not.toContain(core);
    }),
  );
});

it('changes nothing else, and loses no held beginning of a key that does not come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.string(), fc.constantFrom('sk-', 'sk-operator', 's', 'sk-operator-"7'))),
      async (pieces) => {
        const whole = pieces.join('');
        fc.pre(!whole.includes(KEY));
        expect(await heard(pieces)).toEqual({ told: whole, text: whole });
      },
    ),
  );
});

it('leaves a run without a key alone', async () => {
  expect(await heard(['a', 'b'], null)).toEqual({ told: 'ab', text: 'ab' });
});
