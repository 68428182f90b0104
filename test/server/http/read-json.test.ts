import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import '../../../server/config/config.ts';
import * as z from 'zod/mini';
import { failureResponse } from '../../../server/http/failure-response.ts';
import { readJson } from '../../../server/http/read-json.ts';
import { failureBody } from '../../../shared/contract/failure.ts';

const schema = z.strictObject({
  title: z.string().check(z.maxLength(10)),
  tags: z.optional(z.array(z.strictObject({ name: z.string() }))),
  any: z.optional(z.unknown()),
  count: z.optional(z.int().check(z.gt(0))),
  kind: z.optional(z.enum(['a', 'b'])),
  said: z.optional(z.string().check(z.regex(/^x$/, { error: 'Say x.' }))),
  loose: z.optional(z.object({ a: z.string(), more: z.optional(z.array(z.object({ b: z.number() }))) })),
});

const app = new Hono();

app.post('/', async (c) => {
  const body = await readJson(c, schema, { maxBytes: 200_000 });
  return body.ok ? c.json(body.value) : failureResponse(c, body.failure);
});

app.post('/loose', async (c) => {
  const body = await readJson(c, schema, { maxBytes: 100, requireType: false });
  return body.ok ? c.json(body.value) : failureResponse(c, body.failure);
});

async function post(
  body: BodyInit,
  headers: Record<string, string> = { 'content-type': 'application/json' },
  path = '/',
) {
  // duplex: Node wants it for streamed bodies
  const init = { method: 'POST', body, headers, duplex: 'half' };
  const response = await app.request(path, init);
  const json: unknown = await response.json();
  return { status: response.status, json };
}

async function refusal(body: BodyInit, headers?: Record<string, string>, path?: string) {
  const { status, json } = await post(body, headers, path);
  return { status, ...failureBody.parse(json).error };
}

describe('readJson', () => {
  it('gives what the schema parsed', async () => {
    expect(await post('{"title":"a","tags":[{"name":"b"}]}')).toEqual({
      status: 200,
      json: { title: 'a', tags: [{ name: 'b' }] },
    });
  });

  it('names an unknown field, and one inside an array', async () => {
    expect(await refusal('{"title":"a","apiKey":"x"}')).toMatchObject({
      status: 422,
      code: 'invalid_field',
      field: 'apiKey',
    });
    expect(await refusal('{"title":"a","tags":[{"name":"b"},{"name":"c","x":1}]}')).toMatchObject({
      status: 422,
      field: 'tags.1.x',
    });
  });

  it.each([
    ['{"title":"a","foo":1}', 'The field foo is not known here. Leave it out.'],
    ['{"title":"a","tags":[{"name":"b","x":1}]}', 'The field tags.0.x is not known here. Leave it out.'],
    ['{}', 'The field title is missing or has the wrong type: it must be a string.'],
    [
      '{"title":"a","count":1.5}',
      'The field count is missing or has the wrong type: it must be a whole number.',
    ],
    ['{"title":"a","count":0}', 'The field count is too short or too small: more than 0.'],
    ['{"title":"a","kind":"c"}', 'The field kind must be one of: a, b.'],
    ['{"title":"a","said":"y"}', 'Say x.'],
    ['[]', 'The body is missing or has the wrong type: it must be an object.'],
  ])('answers %s with a plain sentence', async (body, message) => {
    expect(await refusal(body)).toMatchObject({ status: 422, message });
  });

  it('names a field that a schema for readers would drop', async () => {
    expect(await refusal('{"title":"a","loose":{"a":"","c":1}}')).toMatchObject({
      status: 422,
      field: 'loose.c',
    });
    expect(
      await refusal('{"title":"a","loose":{"a":"","more":[{"b":1},{"b":2,"apiKey":"x"}]}}'),
    ).toMatchObject({
      status: 422,
      field: 'loose.more.1.apiKey',
    });
    expect((await post('{"title":"a","loose":{"a":"","more":[{"b":1}]}}')).status).toBe(200);
  });

  it('names text that PostgreSQL cannot keep', async () => {
    expect(await refusal('{"title":"a\\u0000b"}')).toMatchObject({
      status: 422,
      field: 'title',
      message: expect.stringContaining('NUL'),
    });
    expect(await refusal('{"title":"a","any":[{"x":"\\ud83d"}]}')).toMatchObject({
      status: 422,
      field: 'any.0.x',
    });
    expect((await post('{"title":"\\ud83d\\ude00"}')).status).toBe(200);
  });

  it('names a field of the wrong type, a missing one and one that is too long', async () => {
    expect(await refusal('{"title":7}')).toMatchObject({
      status: 422,
      field: 'title',
      message: expect.stringContaining('string'),
    });
    expect(await refusal('{}')).toMatchObject({ status: 422, field: 'title' });
    expect(await refusal('{"title":"12345678901"}')).toMatchObject({
      status: 422,
      field: 'title',
      message: expect.stringContaining('10'),
    });
    expect(await refusal('[]')).toMatchObject({ status: 422, field: '' });
  });

  it('refuses a key that stands twice, also when one of them is escaped', async () => {
    expect(await refusal('{"title":"a","title":"b"}')).toMatchObject({
      status: 422,
      field: 'title',
      message: expect.stringContaining('twice'),
    });
    expect(await refusal('{"title":"a","\\u0074itle":"b"}')).toMatchObject({ status: 422, field: 'title' });
    expect(await refusal('{"title":"a","any":{"x":{"y":1,"y":2}}}')).toMatchObject({
      status: 422,
      field: 'any.x.y',
    });
    expect(await refusal('{"title":"a","any":[0,{"y":1,"y":2}]}')).toMatchObject({
      status: 422,
      field: 'any.1.y',
    });
  });

  it('takes the same key in two objects, and key-like text in values', async () => {
    expect((await post('{"title":"{\\"a\\":","any":[{"x":1},{"x":2},"x","x"]}')).status).toBe(200);
  });

  it('refuses keys that reach a prototype, anywhere', async () => {
    expect(await refusal('{"title":"a","__proto__":{"admin":true}}')).toMatchObject({
      status: 422,
      field: '__proto__',
    });
    expect(await refusal('{"title":"a","any":{"constructor":{"prototype":{}}}}')).toMatchObject({
      status: 422,
      field: 'any.constructor',
    });
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it('refuses nesting below 64 levels before it is parsed, and takes 64', async () => {
    const nested = (depth: number) => `{"title":"a","any":${'['.repeat(depth)}${']'.repeat(depth)}}`;
    expect((await post(nested(63))).status).toBe(200);
    expect(await refusal(nested(64))).toMatchObject({
      status: 422,
      code: 'invalid_field',
      field: 'any.0.0.0.0.0.0.0.…',
    });
    expect(await refusal(nested(90_000))).toMatchObject({
      status: 422,
      message: expect.stringContaining('64'),
    });
  });

  it('refuses numbers that are no finite number', async () => {
    expect(await refusal('{"title":1e400}')).toMatchObject({ status: 422, field: 'title' });
  });

  it('answers 413 to a body over its limit, by its length and by its bytes', async () => {
    const long = JSON.stringify({ title: 'a', any: 'x'.repeat(200_000) });
    expect(
      await refusal(long, { 'content-type': 'application/json', 'content-length': '200042' }),
    ).toMatchObject({
      status: 413,
      code: 'too_large',
    });
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(50_000).fill(0x20)),
    });
    expect(await refusal(endless)).toMatchObject({ status: 413, code: 'too_large' });
  });

  it('never quotes the input of broken JSON', async () => {
    for (const broken of [
      '{"title":sk-ant-secret}',
      'sk-ant-secret',
      '{"sk-ant-secret"',
      '',
      '{"title":"sk-ant-secret',
    ]) {
      const answer = await refusal(broken);
      expect(answer).toMatchObject({ status: 400, code: 'invalid_request' });
      expect(JSON.stringify(answer)).not.toContain('secret');
    }
  });

  it('never shows a field name that is not plain', async () => {
    const answer = await refusal('{"title":"a","sk ant\\u0000 secret":1}');
    expect(answer).toMatchObject({ status: 422, field: '?' });
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('refuses bytes that are not UTF-8', async () => {
    expect(await refusal(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]))).toMatchObject({ status: 400 });
  });

  it('wants a JSON content type, so that no form of another site can post', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
      expect(await refusal('{"title":"a"}', { 'content-type': type })).toMatchObject({ status: 400 });
    }
    expect((await post('{"title":"a"}', { 'content-type': 'application/json; charset=utf-8' })).status).toBe(
      200,
    );
    expect((await post('{"title":"a"}', { 'content-type': 'text/plain' }, '/loose')).status).toBe(200);
  });

  it('refuses a compressed body', async () => {
    expect(
      await refusal('{"title":"a"}', { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
    ).toMatchObject({
      status: 415,
    });
  });
});
