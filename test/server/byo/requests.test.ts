import { describe, expect, test } from 'vitest';
import { makeApiToken } from '../../../server/accounts/api-token.ts';
import { failureBody } from '../../../shared/contract/failure.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, MAX_BODY_BYTES } from '../../../shared/contract/run-limits.ts';
import { byoServer, GOAL } from './support/byo-server.ts';

const byo = byoServer();
const BODY = { goal: 'write one skill that lists files', provider: 'anthropic', model: 'claude-x' };

/** A request as another client would make it, not ours. */
async function post(body: BodyInit, headers: Record<string, string>, path: string = ROUTES.byo) {
  // duplex: Node wants it for streamed bodies
  const init = { method: 'POST', body, headers, duplex: 'half' };
  const response = await fetch(byo.url + path, init);
  const text = await response.text();
  byo.note(`${JSON.stringify([...response.headers])}${text}`);
  const failure = response.ok ? undefined : failureBody.parse(JSON.parse(text)).error;
  return { status: response.status, text, failure };
}

describe('curl', () => {
  test('works with -d alone: a form’s content type and the plain key', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', [KEY_HEADER]: byo.key };
    const { status, text } = await post(JSON.stringify(BODY), headers);
    expect(status).toBe(200);
    expect(text).toContain('event: done');
  });

  test('works without a provider: the sandbox takes it', async () => {
    const { status, text } = await post(`{"goal":${JSON.stringify(BODY.goal)}}`, {
      'content-type': 'application/json',
    });
    expect(status).toBe(200);
    expect(text).toContain('event: done');
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('that forgot the key is told how to send it', async () => {
    const { failure, status } = await post(JSON.stringify(BODY), { 'content-type': 'application/json' });
    expect(status).toBe(400);
    expect(failure).toMatchObject({ code: 'key_missing' });
    expect(failure?.message).toContain(KEY_HEADER);
  });

  test('that comes with an API token runs nothing, with a key and without', async () => {
    const authorization = `Bearer ${makeApiToken()}`;
    for (const key of [{ [KEY_HEADER]: byo.key }, {}]) {
      const headers = { 'content-type': 'application/json', authorization, ...key };
      const { failure, status } = await post(JSON.stringify({ goal: BODY.goal }), headers);
      expect({ status, code: failure?.code }).toEqual({ status: 403, code: 'forbidden' });
      expect((await post(JSON.stringify(BODY), headers)).status).toBe(403);
    }
    expect(byo.sandbox.journal).toEqual([]);
  });

  test('that puts the key into the body is told that there is no such field, without the key', async () => {
    for (const field of ['key', 'apiKey', 'authorization']) {
      const { failure, status } = await post(JSON.stringify({ ...BODY, [field]: byo.key }), {
        'content-type': 'application/json',
      });
      expect({ status, code: failure?.code, field: failure?.field }).toEqual({
        status: 422,
        code: 'invalid_field',
        field,
      });
    }
  });
});

describe('a field', () => {
  test.each([
    ['an unknown provider', { provider: 'acme' }, 400, 'provider'],
    ['a provider that is no id', { provider: '../../etc' }, 422, 'provider'],
    ['a provider that is an object', { provider: { url: 'http://evil.example' } }, 422, 'provider'],
    ['no model', { model: undefined }, 422, 'model'],
    ['a model with a blank', { model: 'claude x' }, 422, 'model'],
    ['a model of 129 characters', { model: 'm'.repeat(129) }, 422, 'model'],
    ['a site where the host is fixed', { site: 'us-east-1' }, 400, 'site'],
    ['no site where one is needed', { provider: 'azure' }, 400, 'site'],
    ['a site that is no resource', { provider: 'azure', site: 'evil.example.com' }, 400, 'site'],
    ['a site that is no region', { provider: 'bedrock', site: 'mars-1' }, 400, 'site'],
    ['a cap of nothing', { caps: { costUsd: 0 } }, 422, 'caps.costUsd'],
    ['a cap below nothing', { caps: { tokens: -1 } }, 422, 'caps.tokens'],
    ['a cap of half a token', { caps: { tokens: 0.5 } }, 422, 'caps.tokens'],
    ['an unknown cap', { caps: { euro: 1 } }, 422, 'caps.euro'],
    ['an unknown field', { temperature: 1 }, 422, 'temperature'],
    ['a goal that is a list', { goal: ['x'] }, 422, 'goal'],
  ])('with %s is named, and nobody is called', async (_, more, status, field) => {
    const { failure, ...answer } = await post(JSON.stringify({ ...BODY, ...more }), {
      [KEY_HEADER]: byo.key,
    });
    expect({ status: answer.status, field: failure?.field }).toEqual({ status, field });
    expect(failure?.message.length).toBeGreaterThan(20);
    expect(byo.sandbox.journal).toEqual([]);
  });
});

test('an unknown provider is not replaced by the sandbox, which would take a request without a key', async () => {
  const { failure, ...answer } = await post(JSON.stringify({ ...BODY, provider: 'acme' }), {
    'content-type': 'application/json',
  });
  expect(answer.status).toBe(400);
  expect(failure).toMatchObject({ code: 'invalid_request', field: 'provider' });
});

describe('a body', () => {
  const tooLong = JSON.stringify({ ...BODY, goal: 'x'.repeat(MAX_BODY_BYTES) });

  // before those that are refused, whose connections end
  test('of exactly the limit is read', async () => {
    const bare = JSON.stringify(BODY);
    const { status } = await post(bare + ' '.repeat(MAX_BODY_BYTES - bare.length), { [KEY_HEADER]: byo.key });
    expect(status).toBe(200);
  });

  test('over the limit is refused by its announced length', async () => {
    const { status, failure } = await post(tooLong, { [KEY_HEADER]: byo.key });
    expect({ status, code: failure?.code }).toEqual({ status: 413, code: 'too_large' });
    expect(failure?.message).toContain(String(MAX_BODY_BYTES));
  });

  test('over the limit is refused by its bytes when no length was announced', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1 << 14;
        controller.enqueue(new Uint8Array(1 << 14).fill(0x20));
        if (sent > 1 << 22) controller.close();
      },
    });
    const { status, failure } = await post(endless, { [KEY_HEADER]: byo.key });
    expect({ status, code: failure?.code }).toEqual({ status: 413, code: 'too_large' });
  });

  test.each([
    ['empty', ''],
    ['cut off', '{"goal":'],
    ['a form', 'goal=x&provider=anthropic'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    ['only a string', '"goal"'],
  ])('that is %s is refused, unquoted', async (_, body) => {
    const { status, failure } = await post(body, { [KEY_HEADER]: byo.key });
    expect([400, 422]).toContain(status);
    expect(failure?.message).not.toContain('goal=x');
  });

  test('that is not JSON and has the key in it is not quoted', async () => {
    const { status } = await post(`{"goal":${byo.key}}`, { 'content-type': 'application/json' });
    expect(status).toBe(400);
  });

  test('nested 30,000 deep, or with a number beyond all, is refused', async () => {
    const deep = `{"goal":"x","redraft":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    expect(await post(deep, { [KEY_HEADER]: byo.key })).toMatchObject({
      status: 422,
      failure: { code: 'invalid_field' },
    });
    const huge = `{"goal":"x","provider":"anthropic","model":"m","caps":{"costUsd":1e400}}`;
    expect(await post(huge, { [KEY_HEADER]: byo.key })).toMatchObject({
      status: 422,
      failure: { field: 'caps.costUsd' },
    });
    const many = `{${Array.from({ length: 5000 }, (_, i) => `"f${i}":0`).join(',')}}`;
    expect(await post(many, { [KEY_HEADER]: byo.key })).toMatchObject({ status: 422 });
  });

  test('that is compressed is refused unread', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'zstd', 'identity, gzip']) {
      expect(
        await post('x', { [KEY_HEADER]: byo.key, 'content-encoding': encoding }),
        encoding,
      ).toMatchObject({
        status: 415,
        failure: { code: 'unsupported_media_type' },
      });
    }
  });

  test('with a key twice, or one that reaches a prototype, is refused', async () => {
    const twice = `{"goal":"${GOAL}","provider":"openai","model":"m","provider":"anthropic"}`;
    expect(await post(twice, { [KEY_HEADER]: byo.key })).toMatchObject({
      status: 422,
      failure: { field: 'provider' },
    });
    for (const name of ['__proto__', 'constructor', 'prototype']) {
      const body = `{"goal":"${GOAL}","provider":"anthropic","model":"m","${name}":{"isAdmin":true}}`;
      expect(await post(body, { [KEY_HEADER]: byo.key }), name).toMatchObject({
        status: 422,
        failure: { field: name },
      });
    }
    expect('isAdmin' in {}).toBe(false);
  });
});

test('a key in the model’s field goes nowhere, since a model ends in the receipt', async () => {
  const { status, failure, text } = await (await byo.open({ model: byo.key.slice(0, 128) })).answer();
  expect({ status, field: failure?.field }).toEqual({ status: 422, field: 'model' });
  expect(text).not.toContain(byo.key.slice(0, 24));
  expect(byo.sandbox.journal).toEqual([]);
});

describe('a run’s id', () => {
  test('is the client’s when it gives one, and starts one run only', async () => {
    const run = 'a'.repeat(30);
    const first = await byo.open({}, { run });
    expect((await first.answer()).headers['x-run-id']).toBe(run);
    const calls = byo.sandbox.journal.length;
    const again = await (await byo.open({}, { run })).answer();
    expect({ status: again.status, code: again.failure?.code }).toEqual({ status: 409, code: 'conflict' });
    expect(byo.sandbox.journal).toHaveLength(calls);
  });

  test('that is under way is refused for a second tab, and the first goes on', async () => {
    byo.sandbox.script([{ phase: 'plan', held: true, times: 1 }]);
    const run = 'b'.repeat(30);
    const first = await byo.open({}, { run });
    await first.until('"phase":"planning"');
    expect((await (await byo.open({}, { run })).answer()).status).toBe(409);
    byo.sandbox.release();
    expect((await first.answer()).events.at(-1)?.name).toBe('done');
  });

  test.each(['short', 'x'.repeat(65), `${'x'.repeat(21)}.`, `${'x'.repeat(30)} y`])(
    '%j is refused',
    async (run) => {
      const { status, failure } = await post(JSON.stringify(BODY), {
        [KEY_HEADER]: byo.key,
        'x-run-id': run,
      });
      expect({ status, code: failure?.code }).toEqual({ status: 400, code: 'invalid_request' });
    },
  );

  test('is made by the server when there is none', async () => {
    const response = await fetch(byo.url + ROUTES.byo, {
      method: 'POST',
      body: JSON.stringify(BODY),
      headers: { [KEY_HEADER]: byo.key },
    });
    expect(response.headers.get('x-run-id')).toMatch(/^[\w-]{22}$/);
    byo.note(await response.text());
  });
});
