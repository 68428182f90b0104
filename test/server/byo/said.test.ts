import { beforeEach, describe, expect, test } from 'vitest';
import { CANARY_LENGTHS } from '../../leak/canary.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';
import { PROVIDERS } from './support/provider-bodies.ts';

/** What a provider said reaches the user in its own words, and never with the key in them, nor a log. */
const byo = byoServer();
const ONE = { goal: 'write one skill that lists files', ...PROVIDERS.openai.body };
const WORDS = 'The frobnicator “gpt-x” of org-7 is out of blue paint: see https://example.com/paint.';

beforeEach(() => byo.takeKey(PROVIDERS.openai.prefix));

function refuse(message: string, { phase, status = 400 }: { phase?: 'draft'; status?: number } = {}): void {
  byo.sandbox.script([
    {
      ...(phase && { phase }),
      reply: {
        status,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({ error: { message, type: 'invalid_request_error', param: null, code: null } }),
      },
    },
  ]);
}

async function told(message: string): Promise<RunAnswer> {
  refuse(message);
  return (await byo.open(ONE)).answer();
}

function receiptsIn(answer: RunAnswer): string {
  return answer.events
    .map(({ event }) => (event?.event === 'receipt' ? event.data.payload : ''))
    .map((payload) => Buffer.from(payload, 'base64').toString())
    .join('');
}

describe('what the provider said', () => {
  test('is in the body of a run that was refused at once, beside our sentence', async () => {
    const answer = await told(WORDS);
    expect(answer.status).toBe(502);
    expect(answer.failure).toMatchObject({ code: 'provider_failed', reason: 'bad_request', said: WORDS });
    expect(answer.failure?.message).not.toContain('frobnicator');
  });

  test('is in the call’s event, the last event and the receipt of a run that was refused later', async () => {
    refuse(WORDS, { phase: 'draft' });
    const answer = await (await byo.open(ONE)).answer();
    expect(answer.failure?.said).toBe(WORDS);
    const failed = answer.events.find(
      ({ event }) => event?.event === 'call' && event.data.state === 'failed',
    );
    expect(failed?.event?.data).toMatchObject({ error: { said: WORDS } });
    expect(JSON.parse(receiptsIn(answer))).toMatchObject({ failure: 'provider_failed', said: WORDS });
  });

  test('is in no line of the log and in no metric', async () => {
    const answer = await told(WORDS);
    expect(answer.failure?.said).toBe(WORDS);
    expect(JSON.stringify([...byo.lines, ...byo.accessLines])).not.toContain('frobnicator');
    expect(await byo.metrics()).not.toContain('frobnicator');
  });

  test('of an error inside a stream is shown too', async () => {
    byo.sandbox.script([
      { frames: [`data: ${JSON.stringify({ error: { message: WORDS, code: 400 } })}\n\n`] },
    ]);
    expect((await (await byo.open(ONE)).answer()).failure?.said).toBe(WORDS);
  });

  test('is cut at 500 characters, and not inside one', async () => {
    const said = (await told(`${'a'.repeat(498)}🚀🚀`)).failure?.said ?? '';
    expect(said).toBe(`${'a'.repeat(498)}…`);
    const long = (await told('word '.repeat(5000))).failure?.said ?? '';
    expect(long).toHaveLength(500);
    expect(long.endsWith('…')).toBe(true);
  });

  test('has no control, bidi or invisible characters, and no broken ones', async () => {
    const said = (await told('a\u0000b\u001b[31mred\u202e\u2066evil\u200b\ufeff\u061c\ud800 end\r\n\tnow'))
      .failure?.said;
    expect(said).toBe('a b [31mredevil� end now');
  });

  test('of a page is its text', async () => {
    byo.sandbox.script([
      {
        reply: {
          status: 502,
          headers: { 'content-type': 'text/html' },
          body: '<html><title>502</title><body><h1>Bad gateway</h1><script>alert(1)</script></body></html>',
        },
      },
    ]);
    expect((await (await byo.open(ONE)).answer()).failure?.said).toBe('502 Bad gateway');
  });
});

/** How a provider may write the key into its words; the sandbox sends them as JSON. */
const SPELLINGS: Readonly<Record<string, (key: string) => string>> = {
  raw: (key) => key,
  'in a sentence of its own': (key) => `Incorrect API key provided: ${key}.`,
  'spaced out': (key) => [...key].join(' '),
  'with invisible characters between': (key) => [...key].join('\u200b'),
  'over several lines': (key) => key.replace(/.{7}/g, '$&\n'),
  'with dots between': (key) => [...key].join('.'),
  'with dashes between': (key) => [...key].join('--'),
  'with lines between': (key) => [...key].join('_-_'),
  'percent-encoded': (key) => [...key].map((char) => `%${char.charCodeAt(0).toString(16)}`).join(''),
  hex: (key) => Buffer.from(key).toString('hex'),
  base64: (key) => Buffer.from(key).toString('base64'),
  'a header in base64': (key) => Buffer.from(`Bearer ${key}`).toString('base64'),
  'JSON within JSON': (key) => JSON.stringify({ headers: { authorization: `Bearer ${key}` } }),
  'in escapes': (key) => [...key].map((char) => `\\u00${char.charCodeAt(0).toString(16)}`).join(''),
  'in part, from its beginning': (key) => `The key ${key.slice(0, 15)} is odd`,
  'in part, to its end': (key) => `The key that is ${key.slice(-9)} at its end is odd`,
  'masked by the provider': (key) => `key ${key.slice(0, 3)}****${key.slice(-4)} is odd`,
  'behind 490 characters': (key) => `${'x'.repeat(490)} ${key}`,
  'right at the cut': (key) => `${'x '.repeat(245)}${key}`,
};

describe('the key in a provider’s words is not shown', () => {
  test.each(
    CANARY_LENGTHS.flatMap((length) => Object.keys(SPELLINGS).map((spelling) => ({ length, spelling }))),
  )('of $length characters, $spelling', async ({ length, spelling }) => {
    byo.takeKey('sk-', length);
    const { failure, text } = await told(`Your words: ${SPELLINGS[spelling]?.(byo.key)} — that was it`);
    // The server's own search runs after this test, for pieces of 16 characters in all spellings; here for those of 8.
    for (let from = 3; from + 8 <= byo.key.length; from += 1)
      expect(text).not.toContain(byo.key.slice(from, from + 8));
    expect(failure?.said).toBeTruthy();
    expect(failure?.said).not.toContain(byo.key.slice(-4));
    const letters = failure?.said?.replaceAll(/[^A-Za-z0-9]/g, '');
    for (let from = 3; from + 8 <= byo.key.length; from += 1)
      expect(letters).not.toContain(byo.key.slice(from, from + 8));
  });
});
