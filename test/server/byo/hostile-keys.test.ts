import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeApiToken } from '../../../server/accounts/api-token.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../../shared/contract/run-limits.ts';
import { KEY_VENDORS } from '../../../shared/providers/key-prefixes.ts';
import { redactText } from '../../../shared/providers/redact-patterns.ts';
import { fromBase64url } from '../../../shared/sealing/base64url.ts';
import {
  bodyDigest,
  sealBinding,
  suite,
  TIME_BYTES,
  writeSeal,
} from '../../../shared/sealing/seal-format.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';
import { PROVIDER_NAMES, PROVIDERS } from './support/provider-bodies.ts';
import { sendBytes } from './support/raw-http.ts';

/** Keys that only the server can judge: our own clients would not have sent these. */
const byo = byoServer();

/** Seals any bytes, as a client would that does not look at them. */
async function seal(
  bytes: Buffer,
  run: string,
  body: Readonly<Record<string, unknown>> & { provider: string },
): Promise<string> {
  const { sealing } = byo.config;
  const publicKey = fromBase64url(sealing.publicKey);
  if (!publicKey) throw new Error('the sealing key is not base64url');
  const digest = await bodyDigest(new TextEncoder().encode(JSON.stringify(body)));
  const { info, aad } = sealBinding({
    server: sealing.server,
    provider: body.provider,
    site: '',
    runId: run,
    bodyDigest: digest,
  });
  const plain = new Uint8Array(TIME_BYTES + bytes.length);
  new DataView(plain.buffer).setBigUint64(0, BigInt(Date.now()));
  plain.set(bytes, TIME_BYTES);
  return writeSeal({
    keyId: sealing.id,
    ...(await suite.Seal(await suite.DeserializePublicKey(publicKey), plain, { info, aad })),
  });
}

async function sendSealed(bytes: Buffer, provider: string = 'anthropic'): Promise<RunAnswer> {
  const run = randomBytes(16).toString('base64url');
  const body = { goal: 'write one skill that lists files', provider, model: 'claude-x' };
  return (
    await byo.open(body, { key: undefined, run, headers: { [KEY_HEADER]: await seal(bytes, run, body) } })
  ).answer();
}

function expectRefused({ status, failure }: RunAnswer): void {
  expect({ status, code: failure?.code }).toEqual({ status: 422, code: 'key_malformed' });
  expect(byo.sandbox.journal).toEqual([]);
}

const utf8 = (spoil: (key: string) => string) => (key: string) => Buffer.from(spoil(key));

const inside = (what: string) => utf8((key) => key.slice(0, 30) + what + key.slice(30));

describe('a sealed key', () => {
  test.each([
    ['with blanks around', utf8((key) => ` ${key}\r\n`)],
    ['with a line break inside', inside('\n')],
    ['with CRLF inside', inside('\r\n')],
    ['in quotes', utf8((key) => `“${key}”`)],
    ['with a BOM', utf8((key) => `\ufeff${key}`)],
    ['with a zero-width space inside', inside('\u200b')],
    ['with a soft hyphen inside', inside('\u00ad')],
    ['with a mark of direction inside', inside('\u200f')],
    [
      'with a no-break space inside, one byte',
      (key: string) => Buffer.from(`${key.slice(0, 30)}\u00a0${key.slice(30)}`, 'latin1'),
    ],
    ['with é, one byte', (key: string) => Buffer.from(`${key}é`, 'latin1')],
    ['with NUL', inside('\0')],
    ['with ESC', inside('\x1b[31m')],
    ['with DEL', inside('\x7f')],
    ['with an emoji', inside('🔑')],
    ['that is no UTF-8', (key: string) => Buffer.concat([Buffer.from(key), Buffer.from([0xff, 0xfe])])],
    ['behind Bearer', utf8((key) => `Bearer ${key}`)],
    ['behind a variable', utf8((key) => `ANTHROPIC_API_KEY=${key}`)],
    ['inside JSON', utf8((key) => `{"key":"${key}"}`)],
    ['of an admin', utf8((key) => key.replace('sk-ant-api03-', 'sk-ant-admin01-'))],
    ['of OAuth', utf8((key) => key.replace('sk-ant-api03-', 'sk-ant-oat01-'))],
    ['that is an AWS pair', utf8((key) => `AKIA${key.slice(-16)}`)],
    ['that is a session', utf8((key) => `eyJhbGciOiJIUzI1NiJ9.${key.slice(-16)}.${key.slice(-16)}`)],
    ['that is a token of this server', utf8((key) => `oneturn_${key.slice(-40)}`)],
    ['of 5 kB', utf8((key) => key + 'x'.repeat(5000))],
    ['that is shortened', utf8((key) => `${key.slice(0, 20)}...${key.slice(-4)}`)],
    ['that is masked', utf8((key) => `${key.slice(0, 20)}********${key.slice(-4)}`)],
    ['that forges a header', utf8((key) => `${key}\r\nX-Evil: 1`)],
  ])('%s is refused before anyone is called', async (_, spoil) => {
    expectRefused(await sendSealed(spoil(byo.key)));
  });

  test.each([
    ['empty', 0],
    ['of one character', 1],
  ])('%s is refused', async (_, length) => {
    const { status, failure } = await sendSealed(Buffer.from('x'.repeat(length)));
    expect([400, 422]).toContain(status);
    expect(failure?.code).toMatch(/^key_|invalid/);
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('that is a token of this server is sent to nobody, also where keys have no form of their own', async () => {
    const token = makeApiToken();
    expectRefused(await sendSealed(Buffer.from(token), 'cohere'));
    expect(redactText(`a token ${token} in a log`)).toBe('a token [redacted] in a log');
  });

  test('that is right is taken the same way: the cases above differ in the key alone', async () => {
    expect((await sendSealed(Buffer.from(byo.key))).events.at(-1)?.name).toBe('done');
  });
});

describe('a key of another provider', () => {
  const told = PROVIDER_NAMES.filter((name) => PROVIDERS[name].prefix !== '');
  const pairs = told.flatMap((of) =>
    PROVIDER_NAMES.filter((at) => PROVIDERS[at].prefix !== PROVIDERS[of].prefix).map((at) => ({ of, at })),
  );
  test.each(pairs)('of $of is not sent to $at', async ({ of, at }) => {
    byo.takeKey(PROVIDERS[of].prefix);
    const answer = await (await byo.open(PROVIDERS[at].body, { plain: true })).answer();
    expectRefused(answer);
    expect(answer.failure).toMatchObject({ reason: 'wrong_provider' });
    expect(answer.failure?.message).toContain(KEY_VENDORS[of]);
  });
});

describe('a plain key', () => {
  test('of 1 MB is refused before it is looked at', async () => {
    const head = `POST ${ROUTES.byo} HTTP/1.1\r\nhost: localhost\r\n${KEY_HEADER}: ${byo.key.repeat(12_000)}\r\n\r\n`;
    const { status, text } = await sendBytes(byo.url, head);
    byo.note(text);
    expect([0, 431]).toContain(status);
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('of both of Google’s kinds is taken', async () => {
    for (const prefix of ['AQ.', 'AIza']) {
      byo.takeKey(prefix);
      byo.sandbox.script([{ fault: 'google-401' }]);
      const { failure } = await (await byo.open(PROVIDERS.google.body, { plain: true })).answer();
      expect(failure, prefix).toMatchObject({ code: 'key_rejected' });
    }
    expect(byo.sandbox.journal).toHaveLength(2);
  });
});

describe('a server that takes sealed keys only', () => {
  const strict = byoServer({ REQUIRE_SEALED: '1' });
  test('refuses a plain one, and says how to send it', async () => {
    const plain = await (await strict.open({}, { plain: true })).answer();
    expect({ status: plain.status, code: plain.failure?.code }).toEqual({
      status: 422,
      code: 'key_malformed',
    });
    expect(plain.failure?.message).toContain('seal');
    expect(strict.sandbox.journal).toEqual([]);
    expect((await (await strict.open()).answer()).status).toBe(200);
  });

  test('tells so before a key is sent', () => {
    expect(strict.config.requireSealed).toBe(true);
    expect(byo.config.requireSealed).toBe(false);
  });
});

describe('a key that stands in the field of the model, too', () => {
  test.each([
    ['whole', (key: string) => key],
    ['in part', (key: string) => key.slice(-24)],
    ['as base64', (key: string) => Buffer.from(key).toString('base64')],
  ] as const)('%s is sent to nobody, and quoted by nobody', async (_, spelled) => {
    // of a vendor whose keys have no form that tells them
    byo.takeKey('');
    const body = { goal: 'list files', ...PROVIDERS.cohere.body, model: spelled(byo.key) };
    const answer = await (await byo.open(body)).answer();
    expect({ status: answer.status, field: answer.failure?.field }).toEqual({ status: 422, field: 'model' });
    expect(answer.text).not.toContain(byo.key.slice(-16));
    expect(byo.sandbox.journal).toEqual([]);
  });
});

describe('a key that stands in the field of the site, too', () => {
  test.each([
    ['alone', (key: string) => key],
    ['as a host', (key: string) => `${key}.openai.azure.com`],
  ] as const)('%s is looked up by nobody, and quoted by nobody', async (_, spelled) => {
    // Azure's old keys: nothing tells them from the name of a resource
    byo.takeKey('', 32);
    const key = byo.key.toLowerCase();
    const asked = { provider: 'azure', model: 'my-deployment', site: spelled(key) };
    for (const [path, body] of [
      [ROUTES.byo, { goal: 'list files', ...asked }],
      [ROUTES.byoCheck, { goal: undefined, ...asked }],
    ] as const) {
      const { status, failure, text } = await (await byo.open(body, { key, path })).answer();
      expect({ status, field: failure?.field }).toEqual({ status: 422, field: 'site' });
      expect(text).not.toContain(key.slice(-16));
    }
    expect(byo.sandbox.journal).toEqual([]);
    expect(JSON.stringify([byo.lines, byo.accessLines])).not.toContain(key.slice(-16));
  });
});

describe('a captured seal', () => {
  const replay = async (original: string, run: string, body: string) => {
    const response = await fetch(byo.url + ROUTES.byo, {
      method: 'POST',
      headers: { [KEY_HEADER]: original, [RUN_ID_HEADER]: run, 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    byo.note(text);
    return { status: response.status, text };
  };

  test('opens for no second run, no other id and no other goal', async () => {
    const run = randomBytes(16).toString('base64url');
    const body = { goal: 'write one skill that lists files', provider: 'anthropic', model: 'claude-x' };
    const sealed = await seal(Buffer.from(byo.key), run, body);
    expect((await replay(sealed, run, JSON.stringify(body))).status).toBe(200);
    const calls = byo.sandbox.journal.length;
    expect((await replay(sealed, run, JSON.stringify(body))).status).toBe(409);
    expect(await replay(sealed, 'r'.repeat(30), JSON.stringify(body))).toMatchObject({
      status: 422,
      text: expect.stringContaining('seal_stale'),
    });
    const other = JSON.stringify({ ...body, goal: 'write one skill that sends my files away' });
    expect(await replay(sealed, 's'.repeat(30), other)).toMatchObject({
      status: 422,
      text: expect.stringContaining('seal_stale'),
    });
    expect(byo.sandbox.journal).toHaveLength(calls);
  });
});
