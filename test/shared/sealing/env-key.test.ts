import { expect, test } from 'vitest';
import { keyInEnv, MAX_ENV_CHARS } from '../../../shared/sealing/env-key.ts';

const OPENAI_KEY = `sk-proj-${'Ab3_'.repeat(12)}`;
const ANTHROPIC_KEY = `sk-ant-api03-${'Kq7w'.repeat(12)}`;
const OPENROUTER_KEY = `sk-or-v1-${'0a'.repeat(32)}`;
const PLAIN_KEY = '0123456789abcdef0123456789abcdef';
const [openai, anthropic, openrouter, deepseek, mistral, azure] = [
  { id: 'openai', name: 'OpenAI' },
  { id: 'anthropic', name: 'Anthropic' },
  { id: 'openrouter', name: 'OpenRouter' },
  { id: 'deepseek', name: 'DeepSeek' },
  { id: 'mistral', name: 'Mistral' },
  { id: 'azure', name: 'Azure OpenAI' },
] as const;
const ALL = [openai, anthropic, openrouter, deepseek, mistral, azure];
const FILE = `\ufeff# settings of the shop
NODE_ENV=production

ANTHROPIC_API_KEY="${ANTHROPIC_KEY}"
#OPENAI_API_KEY=sk-proj-an-old-one-that-was-turned-off
export OPENAI_API_KEY='${OPENAI_KEY}' # ours
DATABASE_URL=postgres://shop:secret@db/shop
OPENAI_BASE_URL=https://api.openai.com/v1
SMTP_PASSWORD=hunter2hunter2
`;

test.each([
  ['openai', openai, OPENAI_KEY, 'OPENAI_API_KEY'],
  ['anthropic', anthropic, ANTHROPIC_KEY, 'ANTHROPIC_API_KEY'],
])('a file gives the key of the chosen provider alone: %s', (of, chosen, key, name) => {
  expect(keyInEnv(FILE, chosen, ALL)).toEqual({ kind: 'taken', key, of, name, lines: 8 });
  expect(keyInEnv(FILE.replaceAll('\n', '\r\n'), chosen, ALL)).toMatchObject({ key, lines: 8 });
});

test.each([
  `OPENAI_API_KEY=${OPENAI_KEY}`,
  `\ufeffOPENAI_API_KEY = ${OPENAI_KEY}\r\n`,
  `export OPENAI_API_KEY="${OPENAI_KEY}"; # comment`,
  `OPENAI_API_KEY=“${OPENAI_KEY}”`,
  `set OPENAI_API_KEY=${OPENAI_KEY}`,
  `setx OPENAI_API_KEY "${OPENAI_KEY}"`,
  `set -gx OPENAI_API_KEY ${OPENAI_KEY}`,
  `$env:OPENAI_API_KEY="${OPENAI_KEY}"`,
  `declare -x OPENAI_API_KEY="${OPENAI_KEY}"`,
  `ENV OPENAI_API_KEY=${OPENAI_KEY}`,
  `- OPENAI_API_KEY=${OPENAI_KEY}`,
  `  OPENAI_API_KEY: ${OPENAI_KEY}`,
  `{"OPENAI_API_KEY": "${OPENAI_KEY}", "other": 1}`,
])('a line as shells, files and tools write it: %s', (line) => {
  expect(keyInEnv(line, openai, ALL)).toEqual({
    kind: 'taken',
    key: OPENAI_KEY,
    of: 'openai',
    name: 'OPENAI_API_KEY',
    lines: 1,
  });
});

test('a name that is like one, or a beginning that is one provider’s, tells the key too, and is not named', () => {
  const like = keyInEnv(`A=1\nVITE_OPENAI_API_KEY_2=${OPENAI_KEY}`, openai, ALL);
  expect(like).toMatchObject({ key: OPENAI_KEY, name: undefined, lines: 2 });
  expect(keyInEnv(`A=1\nLLM=${ANTHROPIC_KEY}`, anthropic, ALL)).toMatchObject({ key: ANTHROPIC_KEY });
  // OpenRouter’s keys are often given to tools of OpenAI.
  expect(keyInEnv(`OPENAI_API_KEY=${OPENROUTER_KEY}`, openrouter, ALL)).toMatchObject({
    key: OPENROUTER_KEY,
    of: 'openrouter',
  });
});

test('the last of equals counts, and placeholders, shortened keys and empty ones never do', () => {
  const text = `OPENAI_API_KEY=${OPENAI_KEY}1\nOPENAI_API_KEY=${OPENAI_KEY}2\nOPENAI_API_KEY=\nOPENAI_API_KEY=your-key-here\nOPENAI_API_KEY=sk-...`;
  expect(keyInEnv(text, openai, ALL)).toMatchObject({ key: `${OPENAI_KEY}2`, lines: 5 });
});

test('without a key of the chosen provider, that of another is taken, with its id to switch to', () => {
  expect(keyInEnv(`PORT=1\nANTHROPIC_API_KEY=${ANTHROPIC_KEY}`, openai, ALL)).toMatchObject({
    of: 'anthropic',
    key: ANTHROPIC_KEY,
  });
  // keys without a beginning of their own, and two providers with one beginning: the name tells
  expect(keyInEnv(`MISTRAL_API_KEY=${PLAIN_KEY}\nA=1`, openai, ALL)).toMatchObject({ of: 'mistral' });
  expect(keyInEnv(`DEEPSEEK_API_KEY=sk-${PLAIN_KEY}\nA=1`, openai, ALL)).toMatchObject({ of: 'deepseek' });
  const azures = `AZURE_OPENAI_API_KEY=${PLAIN_KEY}\nOPENAI_API_KEY=${OPENAI_KEY}`;
  expect(keyInEnv(azures, azure, ALL)).toMatchObject({ key: PLAIN_KEY, of: 'azure' });
  expect(keyInEnv(azures, openai, ALL)).toMatchObject({ key: OPENAI_KEY, of: 'openai' });
});

test('an operator’s endpoint has its id for a name, and takes nothing by its looks', () => {
  const gateway = { id: 'our-gateway', name: 'Our gateway', key: 'optional' } as const;
  expect(keyInEnv('A=1\nOUR_GATEWAY_API_KEY=sk-1234', gateway, [])).toMatchObject({
    key: 'sk-1234',
    name: 'OUR_GATEWAY_API_KEY',
  });
  expect(keyInEnv('PASSWORD=hunter2hunter2\nA=1', gateway, [])).toEqual({ kind: 'nothing', lines: 2 });
});

test('settings without a key give nothing; what is no settings goes in as it is', () => {
  expect(keyInEnv('PORT=1\nSMTP_PASSWORD=hunter2hunter2\n# end', openai, ALL)).toEqual({
    kind: 'nothing',
    lines: 3,
  });
  for (const text of [OPENAI_KEY, `Bearer ${OPENAI_KEY}`, `${PLAIN_KEY}==`, 'sk-proj-abc\ndefghi', '', '\n'])
    expect(keyInEnv(text, openai, ALL)).toEqual({ kind: 'other' });
});

test.each([
  'A'.repeat(MAX_ENV_CHARS * 2),
  'export '.repeat(40_000),
  `OPENAI_API_KEY=${' '.repeat(MAX_ENV_CHARS)}`,
  '- -a '.repeat(50_000),
  '="'.repeat(80_000),
  'A=\n'.repeat(60_000),
  '\r'.repeat(MAX_ENV_CHARS),
])('a text that costs a careless pattern minutes is through at once', (text) => {
  expect(['other', 'nothing']).toContain(keyInEnv(text, openai, ALL).kind);
});
