import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER } from '../../../shared/contract/run-limits.ts';
import { byoServer } from './support/byo-server.ts';
import { type Asked, EVERY } from './support/every-response.ts';
import { sendBytes } from './support/raw-http.ts';
import { BODY } from './support/raw-run.ts';

/** Attacks from other sites and frames, as far as the server answers for them, and what browsers are told. */
const webRoot = mkdtempSync(join(tmpdir(), 'oneturn-web-'));
mkdirSync(join(webRoot, 'assets'));
writeFileSync(join(webRoot, 'index.html'), '<!doctype html><title>Oneturn</title>');
writeFileSync(join(webRoot, 'assets', 'page-1a2b.js'), 'export {};');
writeFileSync(join(webRoot, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
afterAll(() => rmSync(webRoot, { recursive: true, force: true }));

const byo = byoServer({}, { webRoot });
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

const NOTHING = ["default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"];
const PAGE = [...NOTHING, "script-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'"];

describe('the headers of a response', () => {
  test.each(EVERY)(
    '%s (%i): no frame, no script of others, no guess at its type, no store',
    async (_, status, asked) => {
      const answer = await ask(asked);
      expect(answer.status).toBe(status);
      const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
      const isPage = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
      if (isPage) expect(policy).toEqual(expect.arrayContaining(PAGE));
      else expect(policy).toEqual(NOTHING);
      expect(policy.join('; ')).not.toMatch(/unsafe|\*|https?:|(?:object|frame|worker)-src/);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe(isPage ? 'same-origin' : undefined);
      expect(answer.headers.has('permissions-policy')).toBe(isPage);
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
