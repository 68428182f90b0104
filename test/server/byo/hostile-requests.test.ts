import { describe, expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import { byoServer } from './support/byo-server.ts';
import { type RawAnswer, sendBytes } from './support/raw-http.ts';
import { BODY, headOf, length, sendRaw } from './support/raw-run.ts';

/** Requests that no well-meaning client makes, down to their bytes. */
const byo = byoServer({ REQUEST_LIMIT_MS: '1000' });

const head = (lines: readonly string[], path?: string): string => headOf(byo.url, lines, path);

const send = (lines: readonly string[], body?: string): Promise<RawAnswer> => sendRaw(byo, lines, body);

describe('a key that forges a header', () => {
  test.each([
    ['with CRLF', '\r\nX-Evil: 1'],
    ['with LF', '\nX-Evil: 1'],
    ['with CR', '\rX-Evil: 1'],
    ['percent-encoded', '%0d%0aX-Evil: 1'],
    ['with NUL', '\0X-Evil: 1'],
  ])('%s puts no header into the provider’s request, and is not quoted', async (_, forged) => {
    const { status } = await send([length(), `${KEY_HEADER}: ${byo.key}${forged}`]);
    // Line breaks end our own header: what stands before them is the key. The rest is refused.
    if (forged.startsWith('\r\n')) expect(status).toBe(200);
    else expect([400, 422]).toContain(status);
    for (const { headers } of byo.sandbox.journal) expect(JSON.stringify(headers)).not.toContain('Evil');
  });

  test('is refused when it comes twice, since nobody can say which is meant', async () => {
    const { status, body } = await send([length(), `${KEY_HEADER}: ${byo.key}`, `${KEY_HEADER}: ${byo.key}`]);
    expect({ status, code: JSON.parse(body).error.code }).toEqual({ status: 422, code: 'key_malformed' });
    expect(byo.sandbox.journal).toEqual([]);
  });
});

describe('headers of the client', () => {
  const NOSY = [
    'authorization: Basic mine',
    'x-api-key: mine',
    'api-key: mine',
    'cookie: session=mine',
    'x-forwarded-for: 203.0.113.9',
    'x-forwarded-host: mine.example',
    'forwarded: for=203.0.113.9',
    'traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    'user-agent: mine/1.0',
    'accept-language: de',
    'referer: http://mine.example/',
    'x-request-id: mine',
    'anthropic-version: mine',
    'anthropic-beta: mine',
    'openai-organization: mine',
  ];

  test('none reaches the provider: its request has our own list and nothing else', async () => {
    const { status } = await send([length(), ...NOSY, `${KEY_HEADER}: ${byo.key}`]);
    expect(status).toBe(200);
    for (const { headers } of byo.sandbox.journal) {
      expect(headers.map(([name]) => name)).toEqual([
        'host',
        'connection',
        'user-agent',
        'accept',
        'accept-encoding',
        'content-type',
        'anthropic-version',
        'x-api-key',
        'content-length',
      ]);
      expect(JSON.stringify(headers)).not.toContain('mine');
    }
  });

  test('a host of the client’s choice is not the provider’s, and another site’s starts nothing', async () => {
    const ask = async (host: string): Promise<number> => {
      const lines = [
        `POST ${ROUTES.byo} HTTP/1.1`,
        `host: ${host}`,
        'connection: close',
        length(),
        `${KEY_HEADER}: ${byo.key}`,
        '',
        '',
      ];
      const { status, text } = await sendBytes(byo.url, lines.join('\r\n') + BODY);
      byo.note(text);
      return status;
    };
    expect(await ask('evil.example')).toBe(403);
    expect(byo.sandbox.journal).toEqual([]);
    expect(await ask('mine.localhost:9')).toBe(200);
    expect(byo.sandbox.journal[0]?.headers[0]).toEqual(['host', new URL(byo.sandbox.origin).host]);
  });
});

describe('where the request should go', () => {
  test.each([
    'baseURL',
    'baseUrl',
    'api_base',
    'base_url',
    'url',
    'host',
    'endpoint',
    'proxy',
    'headers',
    'origin',
  ])('is no field of a run: %s', async (field) => {
    const body = JSON.stringify({ ...JSON.parse(BODY), [field]: byo.sandbox.origin });
    const { status, body: said } = await send([length(body), `${KEY_HEADER}: ${byo.key}`], body);
    expect({ status, field: JSON.parse(said).error.field }).toEqual({ status: 422, field });
    expect(byo.sandbox.journal).toEqual([]);
  });

  test.each(['x?y#z', 'x\r\nX-Evil: 1', 'x y', 'x"y', 'x%2f..', '{site}', 'oneturn-key-\u0000', 'x\\y'])(
    'is not told by a model named %j',
    async (model) => {
      const body = JSON.stringify({ ...JSON.parse(BODY), model });
      const { status, body: said } = await send([length(body), `${KEY_HEADER}: ${byo.key}`], body);
      expect({ status, field: JSON.parse(said).error.field }).toEqual({ status: 422, field: 'model' });
      expect(byo.sandbox.journal).toEqual([]);
    },
  );

  test.each([
    '../../files',
    'a/../../v1/files',
    '//evil.example/x',
    `oneturn-key-${'0'.repeat(32)}`,
    'http://evil.example/',
  ])('is not told by a model named %j, which stays in the body', async (model) => {
    byo.sandbox.script([{ fault: 'anthropic-404' }]);
    const body = JSON.stringify({ ...JSON.parse(BODY), model });
    const { status } = await send([length(body), `${KEY_HEADER}: ${byo.key}`], body);
    expect(status).toBe(400);
    expect(byo.sandbox.journal.map(({ path }) => path)).toEqual(['/v1/messages']);
    expect(JSON.parse(byo.sandbox.journal[0]?.body ?? '{}')).toMatchObject({ model });
  });
});

describe('a request that could be two', () => {
  const second = `GET ${ROUTES.health} HTTP/1.1\r\nhost: localhost\r\n\r\n`;
  const whole = (lines: readonly string[], path?: string): string =>
    head([`${KEY_HEADER}: ${byo.key}`, ...lines], path);

  test('is taken when it is one: what follows differs in a single line', async () => {
    const answer = await sendBytes(byo.url, whole([length()]) + BODY);
    byo.note(answer.text);
    expect(answer.status).toBe(200);
  });

  test.each([
    ['both framings', () => whole([length(second), 'transfer-encoding: chunked']) + second],
    ['two lengths', () => whole([length(), 'content-length: 5']) + BODY],
    ['a length that is no number', () => whole(['content-length: 1e3']) + BODY],
    ['a negative length', () => whole(['content-length: -5']) + BODY],
    ['chunked in other words', () => whole(['transfer-encoding: xchunked']) + BODY],
    ['a folded header', () => whole(['x-a: b\r\n c: d', length()]) + BODY],
    ['a blank before the colon', () => whole([length().replace(':', ' :')]) + BODY],
    [
      'a chunk that is larger than it says',
      () => `${whole(['transfer-encoding: chunked'])}2\r\n{}{}\r\n0\r\n\r\n`,
    ],
    ['no HTTP', () => 'SSH-2.0-OpenSSH_9.2p1\r\n'],
    ['no host', () => `${whole([length()]).replace(/host: .*\r\n/, '')}${BODY}`],
    ['a path in its host', () => whole([length()]).replace(/host: .*/, 'host: a/?') + BODY],
    ['a user in its host', () => whole([length()]).replace(/host: .*/, 'host: a@b') + BODY],
    ['two hosts', () => whole(['host: evil.example', length()]) + BODY],
    ['a backslash in its path', () => whole([length()], '/v1\\intent/byo') + BODY],
  ])('with %s is a 400, is one, and ends its connection', async (_, bytes) => {
    const answer = await sendBytes(byo.url, bytes());
    byo.note(answer.text);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'invalid_request' } });
    expect(answer.text.split('HTTP/1.1 ').length - 1).toBe(1);
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('with 20 kB of headers is refused as that', async () => {
    const answer = await send([length(), `x-long: ${'x'.repeat(20_000)}`]);
    expect(answer.status).toBe(431);
  });
});
