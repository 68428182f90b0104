import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';
import { anthropicBody, CALLS, openAiBody } from './prompts.ts';

const RECORDINGS = '../shared/recordings';
const there = existsSync(RECORDINGS);
if (!there) console.info('No recordings beside the checkout: the sandbox is not compared with real traffic.');

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await createTestSandbox({ pace: 'instant' });
});
afterAll(() => sandbox.close());

type Json = Record<string, unknown>;

const events = (sse: string): readonly Json[] =>
  (sse.match(/^data: \{.*$/gm) ?? []).map((line) => JSON.parse(line.slice(6)));
const recorded = (host: string): readonly Json[] =>
  readdirSync(`${RECORDINGS}/${host}`)
    .filter((file) => file.endsWith('.sse'))
    .flatMap((file) => events(readFileSync(`${RECORDINGS}/${host}/${file}`, 'utf8')));

async function made(
  path: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<readonly Json[]> {
  const response = await fetch(sandbox.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return events(await response.text());
}

/** Every path of a value with its type, array places as `[]`: `choices[].delta.content string`. */
function pathsOf(value: unknown, at = ''): readonly string[] {
  if (value === null) return [`${at} null`];
  if (Array.isArray(value)) return [`${at} array`, ...value.flatMap((entry) => pathsOf(entry, `${at}[]`))];
  if (typeof value !== 'object') return [`${at} ${typeof value}`];
  return [
    `${at} object`,
    ...Object.entries(value).flatMap(([name, entry]) => pathsOf(entry, at === '' ? name : `${at}.${name}`)),
  ];
}

/** What all of the events have. */
function common(all: readonly Json[]): readonly string[] {
  const [first, ...rest] = all.map((event) => new Set(pathsOf(event)));
  return [...(first ?? [])].filter((path) => rest.every((paths) => paths.has(path)));
}

/** What is in every real event and in none of ours, and what is in ours and in no real one. */
function differences(
  real: readonly Json[],
  ours: readonly Json[],
): { readonly missing: readonly string[]; readonly foreign: readonly string[] } {
  expect(real.length).toBeGreaterThan(0);
  expect(ours.length).toBeGreaterThan(0);
  const known = new Set(real.flatMap((event) => pathsOf(event)));
  const own = new Set(ours.flatMap((event) => pathsOf(event)));
  return {
    missing: common(real).filter((path) => !own.has(path)),
    foreign: [...own].filter((path) => !known.has(path)),
  };
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const hasText = ({ choices }: Json): boolean => {
  const first: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const delta = isObject(first) ? first['delta'] : undefined;
  return isObject(delta) && typeof delta['content'] === 'string';
};
const hasUsage = ({ usage }: Json): boolean => typeof usage === 'object' && usage !== null;
const chunks = (all: readonly Json[]): readonly Json[] =>
  all.filter(({ object, error }) => object === 'chat.completion.chunk' && error === undefined);

describe.skipIf(!there)('beside recorded traffic', () => {
  test.each([
    ['api.openai.com', '/v1/chat/completions', ['obfuscation string']],
    ['openrouter.ai', '/api/v1/chat/completions', []],
    ['api.groq.com', '/openai/v1/chat/completions', []],
  ])('the chunks of %s have the same fields', async (host, path, paddings) => {
    const real = chunks(recorded(host));
    const ours = chunks(
      await made(path, openAiBody(CALLS.draft, { stream: true, stream_options: { include_usage: true } })),
    );
    for (const kind of [hasText, hasUsage]) {
      const [theirs, mine] = [real.filter(kind), ours.filter(kind)];
      if (theirs.length === 0) continue;
      expect(differences(theirs, mine).missing.filter((field) => !paddings.includes(field))).toEqual([]);
    }
    const { foreign } = differences(real, ours);
    expect(foreign).toEqual([]);
  });

  test('the events of Anthropic have the same fields', async () => {
    const text = (event: Json): boolean =>
      !/"(?:thinking|signature|tool_use|server_tool_use|citations_delta|input_json_delta|\w+_tool_result)/.test(
        JSON.stringify(event),
      );
    const real = recorded('api.anthropic.com').filter(text);
    const ours = await made(
      '/v1/messages',
      { ...anthropicBody(CALLS.draft), stream: true },
      { 'anthropic-version': '2026-10-21' },
    );
    for (const type of [
      'message_start',
      'content_block_start',
      'ping',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]) {
      const of = (event: Json): boolean => event['type'] === type;
      expect({ type, ...differences(real.filter(of), ours.filter(of)) }).toEqual({
        type,
        missing: [],
        foreign: [],
      });
    }
  });
});
