import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, MAX_BODY_BYTES } from '../../../shared/contract/run-request.ts';
import { byoServer } from './support/byo-server.ts';
import { sendBytes } from './support/raw-http.ts';

/** Group D7 of the hostile cases, as far as it is the server's: other sites, frames, and what a browser is told. */
const webRoot = mkdtempSync(join(tmpdir(), 'oneturn-web-'));
mkdirSync(join(webRoot, 'assets'));
writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Oneturn</title>');
writeFileSync(join(webRoot, 'assets', 'page-1a2b.js'), 'export {};');
writeFileSync(join(webRoot, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
afterAll(() => rmSync(webRoot, { recursive: true, force: true }));

const byo = byoServer({}, { webRoot });
const BODY = JSON.stringify({
  goal: 'write one skill that lists files',
  provider: 'anthropic',
  model: 'claude-x',
});

interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

async function ask({ method = 'GET', path, headers = [], body = '' }: Asked) {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    `host: ${new URL(byo.url).host}`,
    'connection: close',
    ...headers,
  ];
  const answer = await sendBytes(
    byo.url,
    [...lines, `content-length: ${Buffer.byteLength(body)}`, '', body].join('\r\n'),
  );
  byo.note(answer.text);
  return answer;
}
const post = (headers: readonly string[], body = BODY) =>
  ask({ method: 'POST', path: ROUTES.byo, headers, body });

/** A response of every kind that this server gives, with the status that proves it. */
const EVERY: readonly (readonly [string, number, Asked])[] = [
  ['the page', 200, { path: '/compose' }],
  ['the page at its root', 200, { path: '/' }],
  ['the page’s head', 200, { method: 'HEAD', path: '/compose' }],
  ['an asset', 200, { path: '/assets/page-1a2b.js' }],
  ['an icon', 200, { path: '/icon.svg' }],
  ['an asset that is not there', 404, { path: '/assets/page-9z.js' }],
  ['a file that is not there', 404, { path: '/nothing.txt' }],
  ['a path out of the folder', 404, { path: '/assets/..%2f..%2fetc%2fpasswd' }],
  ['an unknown route', 404, { path: '/v1/nothing' }],
  ['the configuration', 200, { path: ROUTES.config }],
  ['a receipt that is not there', 404, { path: ROUTES.byoReceipt('r'.repeat(22)) }],
  ['health', 200, { path: ROUTES.health }],
  ['readiness', 200, { path: ROUTES.ready }],
  ['metrics', 200, { path: ROUTES.metrics }],
  ['a run by GET', 404, { path: '/v1/intent/byo/' }],
  ['a method that nobody has', 404, { method: 'DELETE', path: ROUTES.byo }],
  ['a preflight', 403, { method: 'OPTIONS', path: ROUTES.byo, headers: ['origin: https://evil.example'] }],
  [
    'a request of another site',
    403,
    { method: 'POST', path: ROUTES.byo, headers: ['origin: https://evil.example'] },
  ],
  [
    'a run without a key',
    400,
    { method: 'POST', path: ROUTES.byo, headers: ['content-type: application/json'], body: BODY },
  ],
  [
    'a body that is too large',
    413,
    {
      method: 'POST',
      path: ROUTES.byo,
      headers: ['content-type: application/json'],
      body: 'x'.repeat(MAX_BODY_BYTES + 1),
    },
  ],
  [
    'a run at the sandbox',
    200,
    {
      method: 'POST',
      path: ROUTES.byo,
      headers: ['content-type: application/json'],
      body: '{"goal":"write one skill that lists files"}',
    },
  ],
  [
    'a key check at the sandbox',
    200,
    { method: 'POST', path: ROUTES.byoCheck, headers: ['content-type: application/json'], body: '{}' },
  ],
  [
    'a compressed body',
    415,
    {
      method: 'POST',
      path: ROUTES.byo,
      headers: ['content-type: application/json', 'content-encoding: gzip'],
    },
  ],
  ['an expectation', 417, { method: 'POST', path: ROUTES.byo, headers: ['expect: 200-ok'], body: BODY }],
  ['two hosts', 400, { path: '/', headers: ['host: evil.example'] }],
  ['a backslash in the path', 400, { path: '/a\\b' }],
  ['a header that is folded', 400, { path: '/', headers: ['x: y', ' z'] }],
  ['headers that are too large', 431, { path: '/', headers: [`x: ${'y'.repeat(20_000)}`] }],
];

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
];

describe('the headers of a response', () => {
  test.each(EVERY)(
    '%s (%i): no frame, no script of others, no guess at its type, no store',
    async (_, status, asked) => {
      const answer = await ask(asked);
      expect(answer.status).toBe(status);
      const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
      expect(policy).toEqual(expect.arrayContaining(POLICY));
      expect(policy.join('; ')).not.toMatch(/unsafe|\*|https?:|(?:object|frame|worker)-src/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      const cache = answer.headers.get('cache-control');
      if (asked.path.startsWith('/assets/page-1a2b')) expect(cache).toContain('immutable');
      else expect(cache).toBe('no-store, no-transform');
      expect(answer.headers.has('etag')).toBe(asked.path.startsWith('/assets/page-1a2b'));
      for (const name of ['access-control-allow-origin', 'server', 'x-powered-by', 'set-cookie'])
        expect(answer.headers.has(name)).toBe(false);
    },
  );

  test('a part that breaks answers with them, too', async () => {
    const parts = byo.running.parts as { notReady: () => Promise<undefined> }; // as: a test may break what the server may not
    const whole = parts.notReady;
    parts.notReady = () => Promise.reject(new Error(`${byo.key} in ${ROUTES.ready}`));
    const answer = await ask({ path: ROUTES.ready });
    parts.notReady = whole;
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(answer.body).toContain('"code":"internal"');
  });
});

describe('a request of another site', () => {
  const foreign: readonly (readonly [string, readonly string[]])[] = [
    [
      'a form with JSON as text',
      ['content-type: text/plain', 'origin: https://evil.example', 'sec-fetch-site: cross-site'],
    ],
    ['a form', ['content-type: application/x-www-form-urlencoded', 'origin: https://evil.example']],
    ['a form of an opaque origin', ['content-type: text/plain', 'origin: null']],
    ['a sister site', ['content-type: application/json', 'sec-fetch-site: same-site']],
    ['another port of this host', ['content-type: application/json', 'origin: http://127.0.0.1:1']],
    ['a page that has our key header', [`${KEY_HEADER}: x`, 'origin: https://evil.example']],
    ['a navigation', ['content-type: text/plain', 'sec-fetch-site: cross-site', 'sec-fetch-mode: navigate']],
  ];
  test.each(foreign)('%s starts nothing', async (_, headers) => {
    for (const path of [ROUTES.byo, ROUTES.byoCheck]) {
      const { status, body } = await ask({
        method: 'POST',
        path,
        headers,
        body: '{"goal":"write one skill that lists files"}',
      });
      expect({ status, code: JSON.parse(body).error.code }).toEqual({ status: 403, code: 'forbidden' });
    }
    expect(byo.lines).toEqual([]);
  });

  test('an old browser’s form, without origin or metadata, starts nothing for want of JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
    ]) {
      const { status } = await post([`content-type: ${type}`], '{"goal":"write one skill that lists files"}');
      expect(status, type).toBe(400);
    }
  });

  test('the own page and curl are not others', async () => {
    const own = [
      `origin: ${byo.url}`,
      'sec-fetch-site: same-origin',
      'content-type: application/json',
      `${KEY_HEADER}: ${byo.key}`,
    ];
    expect((await post(own)).status).toBe(200);
    expect((await post([`${KEY_HEADER}: ${byo.key}`])).status).toBe(200);
  });

  test('GET and HEAD start nothing, whatever they carry', async () => {
    for (const method of ['GET', 'HEAD']) {
      await ask({
        method,
        path: `${ROUTES.byo}?goal=x&provider=sandbox`,
        headers: [`${KEY_HEADER}: ${byo.key}`, 'x-http-method-override: POST'],
      });
    }
    expect(byo.lines).toEqual([]);
    expect(byo.sandbox.journal).toEqual([]);
  });
});

describe('another origin', () => {
  const host = (): string => new URL(byo.url).host;
  test.each([
    ['null', () => 'null'],
    ['evil', () => 'https://evil.example'],
    ['a look-alike in front', () => `http://evil-${host()}`],
    ['a look-alike behind', () => `http://${host()}.evil.example`],
    ['a look-alike with a user', () => `http://${host()}@evil.example`],
  ])('%s may read no response, preflight or not, with cookies or without', async (_, origin) => {
    for (const asked of [
      { path: ROUTES.config },
      { path: ROUTES.metrics },
      {
        method: 'OPTIONS',
        path: ROUTES.byo,
        more: ['access-control-request-method: POST', `access-control-request-headers: ${KEY_HEADER}`],
      },
      { method: 'POST', path: ROUTES.byo, body: BODY },
    ]) {
      const { headers } = await ask({
        ...asked,
        headers: [`origin: ${origin()}`, 'cookie: a=b', ...('more' in asked ? (asked.more ?? []) : [])],
      });
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });
});

describe('behind TLS', () => {
  const secure = byoServer({ PUBLIC_URL: 'https://oneturn.example.org' });
  test('every response says that it stays so, and over plain HTTP none does', async () => {
    const strict = 'max-age=31536000';
    expect((await fetch(secure.url + ROUTES.config)).headers.get('strict-transport-security')).toBe(strict);
    expect((await fetch(`${secure.url}/nothing.txt`)).headers.get('strict-transport-security')).toBe(strict);
    expect((await (await secure.open()).answer()).headers['strict-transport-security']).toBe(strict);
    expect((await fetch(byo.url + ROUTES.config)).headers.has('strict-transport-security')).toBe(false);
  });

  test('the page at the public address may post', async () => {
    const run = await secure.open(
      {},
      { headers: { origin: 'https://oneturn.example.org', 'sec-fetch-site': 'same-origin' } },
    );
    expect((await run.answer()).status).toBe(200);
  });
});
