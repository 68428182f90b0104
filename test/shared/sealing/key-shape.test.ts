import { expect, test } from 'vitest';
import { KEY_VENDORS } from '../../../shared/providers/key-prefixes.ts';
import { cleanKey, judgeKey } from '../../../shared/sealing/key-shape.ts';

/** What people paste as a key. */
const VENDORS = {
  anthropic: `sk-ant-api03-${'a1'.repeat(40)}AA`,
  openai: `sk-proj-${'b2'.repeat(60)}`,
  openrouter: `sk-or-v1-${'c3'.repeat(32)}`,
  groq: `gsk_${'d4'.repeat(26)}`,
  google: `AIza${'e5'.repeat(17)}f`,
  bedrock: `ABSK${'f6'.repeat(60)}`,
  azure: 'a7'.repeat(42),
  cohere: 'b8'.repeat(20),
  mistral: 'c9'.repeat(16),
  xai: `xai-${'d1'.repeat(40)}`,
  together: `tgp_v1_${'e2'.repeat(21)}f`,
  fireworks: `fw_${'g3'.repeat(12)}`,
} as const;
const good = VENDORS.anthropic;
const judge = (key: string, id: string = 'anthropic') =>
  judgeKey((at) => key.charCodeAt(at), key.length, { id, name: id });

test.each(Object.entries(VENDORS))('a key of %s is fine there', (id, key) => {
  expect(judge(key, id)).toBeUndefined();
});

const NAMED = Object.entries(VENDORS).filter(([id]) => !['azure', 'cohere', 'mistral'].includes(id));
const pairs = NAMED.flatMap(([of, key]) =>
  Object.keys(VENDORS)
    .filter((at) => at !== of)
    .map((at) => ({ of, at, key })),
);
test.each(pairs)('a key of $of is not sent to $at', ({ at, key, of }) => {
  const failure = judge(key, at);
  expect(failure).toMatchObject({ code: 'key_malformed', reason: 'wrong_provider' });
  expect(failure?.message).toContain(KEY_VENDORS[of]);
});

test.each([
  ['a line break inside', `${good.slice(0, 30)}\n${good.slice(30)}`],
  ['CRLF inside', `${good.slice(0, 30)}\r\n${good.slice(30)}`],
  ['a no-break space', `${good.slice(0, 30)}\u00a0${good.slice(30)}`],
  ['é', `${good}é`],
  ['NUL', `${good}\0`],
  ['ESC', `${good}\x1b`],
  ['DEL', `${good}\x7f`],
  ['a lone surrogate', `${good}\ud800`],
  ['an emoji', `${good}🔑`],
  ['an Anthropic admin key', `sk-ant-admin01-${'a'.repeat(80)}`],
  ['an Anthropic OAuth token', `sk-ant-oat01-${'a'.repeat(80)}`],
  ['an OpenAI admin key', `sk-admin-${'a'.repeat(80)}`],
  ['an AWS access key', 'AKIAABCDEFGHIJKLMNOP'],
  ['a session token', `eyJ${'a'.repeat(80)}`],
  ['a password', 'correct-horse-battery-staple'],
  ['one character', '#'],
  ['5 kB', `sk-ant-${'a'.repeat(5000)}`],
  ['1 MB', `sk-ant-${'a'.repeat(1_000_000)}`],
  ['a shortened key', 'sk-ant-api03-abcdefgh...wxyz'],
  ['a masked key', 'sk-ant-********wxyz'],
  ['a header forged by CRLF', `${good}\r\nX-Evil: 1`],
])('%s is refused, and not quoted', (_, key) => {
  const failure = judge(key);
  expect(failure?.code).toBe('key_malformed');
  expect(failure?.message).not.toContain(key.slice(0, 12));
});

test('an empty field is a missing key', () => {
  expect(judge('')?.code).toBe('key_missing');
});

test.each([`AQ.${'a'.repeat(40)}`, `AIza${'b'.repeat(35)}`])(
  'Google’s old and new keys are both taken: %.4s',
  (key) => {
    expect(judge(key, 'google')).toBeUndefined();
  },
);

test.each([
  'sk-1234',
  'sk-ant-whatever-1234',
  `eyJhbGciOiJIUzI1NiJ9.${'a'.repeat(60)}.b_c`,
  'AKIAABCDEFGHIJKLMNOP',
  'secret...and-more',
])('an operator’s own server takes any printable key: %s', (key) => {
  const rules = { id: 'our-gateway', name: 'Our gateway', key: 'optional' } as const;
  expect(judgeKey((at) => key.charCodeAt(at), key.length, rules)).toBeUndefined();
});

test.each(['no prefix', 'two\nlines', 'short'])('an operator’s own server takes no %j', (key) => {
  const rules = { id: 'our-gateway', name: 'Our gateway', key: 'optional' } as const;
  expect(judgeKey((at) => key.charCodeAt(at), key.length, rules)?.code).toBe('key_malformed');
});

test.each([
  ['blanks and CRLF around', `  \t${good}\r\n`],
  ['straight quotes', `"${good}"`],
  ['smart quotes', `“${good}”`],
  ['backticks', `\`${good}\``],
  ['BOM and zero-width characters', `\ufeff${good.slice(0, 20)}\u200b${good.slice(20)}\u2060`],
  ['soft hyphens and direction marks', `${good.slice(0, 9)}\u00ad${good.slice(9)}\u200f`],
  ['Bearer', `Bearer ${good}`],
  ['a header', `Authorization: Bearer ${good}`],
  ['x-api-key', `x-api-key: ${good}`],
  ['a variable', `ANTHROPIC_API_KEY=${good}`],
  ['export', `export ANTHROPIC_API_KEY="${good}"`],
  ['a YAML line', `ANTHROPIC_API_KEY: '${good}'`],
])('%s come off, with a notice', (_, pasted) => {
  const { key, notices } = cleanKey(pasted);
  expect(key).toBe(good);
  expect(notices.length).toBeGreaterThan(0);
  expect(notices.join()).not.toContain(good.slice(0, 12));
});

test('a clean key passes through without a notice', () => {
  expect(cleanKey(good)).toEqual({ key: good, notices: [] });
});

test('a key of one form that two vendors have is taken by both, and named for both elsewhere', () => {
  const key = `sk-${'0a'.repeat(16)}`;
  expect(judge(key, 'deepseek')).toBeUndefined();
  expect(judge(key, 'openai')).toBeUndefined();
  expect(judge(key, 'groq')?.message).toContain('OpenAI or DeepSeek');
  expect(judge(VENDORS.openai, 'deepseek')?.reason).toBe('wrong_provider');
});

test('an old key of Together’s, which has no prefix, is taken', () => {
  expect(judge('0f'.repeat(32), 'together')).toBeUndefined();
});
