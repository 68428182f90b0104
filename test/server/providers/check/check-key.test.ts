import { Agent } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../../server/providers/call-limits.ts';
import { checkKey } from '../../../../server/providers/check-key.ts';
import { KEY_CHECK_MS, KEY_CHECK_PATIENCE_MS } from '../../../../shared/contract/run-limits.ts';
import { endpointToVendor } from '../../../../shared/providers/endpoint-to-vendor.ts';
import { chunk, DONE, reply, STREAM_HEAD, says, WHOLE } from '../hostile-server.ts';
import { check, json, listen, server, vendor } from './check-at.ts';

afterEach(() => server.stop());

const list = (...ids: readonly string[]) => json(200, { object: 'list', data: ids.map((id) => ({ id })) });

describe('a check of a key', () => {
  it('asks for the free list of models, once, and hands it on', async () => {
    expect(
      await check(vendor('openai'), 'gpt-6-sol', list('gpt-6-sol', 'gpt-4o', '../evil?x')),
    ).toMatchObject({
      verdict: 'works',
      models: [{ id: 'gpt-6-sol' }, { id: 'gpt-4o' }],
    });
    expect(server.requests.map(({ line }) => line)).toEqual(['GET /v1/models HTTP/1.1']);
  });

  it('takes a short name for its dated one, and says when the model is not among the key’s', async () => {
    expect(
      await check(vendor('anthropic'), 'claude-haiku-4-5', list('claude-haiku-4-5-20251001')),
    ).toMatchObject({ verdict: 'works' });
    await server.stop();
    expect(
      await check(vendor('anthropic'), 'claude-opus-5-5', list('claude-haiku-4-5-20251001')),
    ).toMatchObject({
      verdict: 'no_access',
      models: [{ id: 'claude-haiku-4-5-20251001' }],
    });
  });

  it('goes by the field and not by the status at Cohere', async () => {
    expect(await check(vendor('cohere'), 'command-a-03-2025', json(200, { valid: true }))).toMatchObject({
      verdict: 'works',
    });
    expect(server.requests[0]?.line).toBe('POST /v1/check-api-key HTTP/1.1');
    await server.stop();
    expect(await check(vendor('cohere'), 'command-a-03-2025', json(200, { valid: false }))).toMatchObject({
      verdict: 'rejected',
    });
  });

  it('asks for the least output where nothing is free', async () => {
    const last = { candidates: [{ content: { parts: [{ text: 'Hi' }] }, finishReason: 'MAX_TOKENS' }] };
    const answer = reply(
      200,
      { 'content-type': 'text/event-stream' },
      `data: ${JSON.stringify(last)}\r\n\r\n`,
    );
    expect(await check(vendor('google'), 'gemini-3.8-flash', answer)).toMatchObject({ verdict: 'works' });
    expect(server.requests.map(({ line }) => line.split(' ')[0])).toEqual(['POST', 'GET']);
    expect(server.requests[0]?.line).toContain('/gemini-3.8-flash:streamGenerateContent?alt=sse ');
    expect(JSON.parse(server.requests[0]?.body ?? '')).toMatchObject({
      generationConfig: { maxOutputTokens: 1 },
    });
  });

  it('asks an operator’s endpoint for its list only, since a model may have to be loaded', async () => {
    const endpoint = endpointToVendor({ id: 'op', name: 'Op', format: 'openai', baseUrl: 'http://h:1/v1' });
    expect(await check(endpoint, 'llama3.3', list('llama3.3'))).toMatchObject({
      verdict: 'works',
      models: [{ id: 'llama3.3' }],
    });
    expect(server.requests[0]?.line).toBe('GET /v1/models HTTP/1.1');
  });

  it.each([
    ['llama3.2', 'llama3.2:latest', 'works'],
    ['llama3.2:latest', 'llama3.2', 'works'],
    ['llama3.2:1b', 'llama3.2:latest', 'no_access'],
    ['openai/gpt-6:free', 'openai/gpt-6', 'works'],
  ])('knows %s by its other names: %s', async (asked, listed, verdict) => {
    const endpoint = endpointToVendor({ id: 'op', name: 'Op', format: 'openai', baseUrl: 'http://h:1/v1' });
    expect(await check(endpoint, asked, list(listed))).toMatchObject({ verdict });
  });

  it.each([
    [
      403,
      { error: { message: 'Missing scopes: api.model.read', type: 'invalid_request_error', code: null } },
    ],
    [401, { error: { message: 'You have insufficient permissions for this operation.', code: null } }],
    [404, { detail: 'Not Found' }],
  ])('asks for one token where a key may not list the models (%i)', async (status, body) => {
    await listen((socket, { line }) => socket.write(line.startsWith('GET') ? json(status, body) : WHOLE));
    const agent = new Agent();
    const of = vendor('openai');
    const upstream = { vendor: of, origin: server.origin, dispatcher: agent, authorization: 'Bearer K' };
    const options = {
      signal: new AbortController().signal,
      limits: DEFAULT_LIMITS,
      now: () => performance.now(),
      endsAt: Number.POSITIVE_INFINITY,
    };
    expect(await checkKey(upstream, 'gpt-6-sol', options)).toMatchObject({ verdict: 'works' });
    expect(server.requests.map(({ line }) => line.split(' ')[0])).toEqual(['GET', 'POST']);
    await agent.destroy();
  });

  it('is over after its whole time, also where another question would follow', async () => {
    let at = 0;
    await listen((socket, { line }) => {
      at = KEY_CHECK_MS + 1;
      socket.write(line.startsWith('GET') ? json(403, { error: { message: 'Missing scopes' } }) : WHOLE);
    });
    const agent = new Agent();
    const upstream = {
      vendor: vendor('openai'),
      origin: server.origin,
      dispatcher: agent,
      authorization: 'Bearer K',
    };
    const options = {
      signal: new AbortController().signal,
      limits: DEFAULT_LIMITS,
      now: () => at,
      endsAt: KEY_CHECK_MS,
    };
    const checked = await checkKey(upstream, 'gpt-6-sol', options);
    expect(checked).toMatchObject({ verdict: 'unknown', message: expect.stringContaining('too long') });
    expect(server.requests).toHaveLength(1);
    await agent.destroy();
  });

  it('is over on the server before the page gives up on it', () => {
    expect(KEY_CHECK_MS).toBeLessThan(KEY_CHECK_PATIENCE_MS);
  });

  it.each([
    ['a bad key', 401, { error: { code: 'invalid_api_key' } }, 'rejected'],
    ['no credit', 429, { error: { code: 'insufficient_quota' } }, 'no_credit'],
    ['no permission', 403, { error: { code: 'insufficient_permissions' } }, 'no_access'],
    ['a rate limit', 429, { error: { code: 'rate_limit_exceeded' } }, 'works'],
    ['trouble of theirs', 500, { error: {} }, 'unknown'],
    ['overload', 529, { error: { type: 'overloaded_error' } }, 'unknown'],
  ])('tells %s from the others', async (_, status, body, verdict) => {
    const found = await check(vendor('openai'), 'gpt-6-sol', json(status, body));
    expect(found.verdict).toBe(verdict);
    expect(found.message.length).toBeGreaterThan(20);
    // A key that may not list the models is asked for one token, too.
    expect(server.requests).toHaveLength(status === 403 ? 2 : 1);
  });

  it('takes a reasoning model that cannot think in one token for a key that works', async () => {
    const body = {
      error: {
        message: 'Could not finish the message because max_tokens or model output limit was reached.',
        code: null,
      },
    };
    expect(await check(vendor('azure'), 'my-deployment', json(400, body))).toMatchObject({
      verdict: 'works',
    });
  });

  it.each([
    ['a page in between', reply(200, { 'content-type': 'text/html' }, '<html>')],
    ['a redirect', reply(307, { location: 'http://127.0.0.1:1/' })],
    [
      'a compressed list',
      reply(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'xx'),
    ],
    [
      'a list beyond all bounds',
      reply(200, { 'content-type': 'application/json' }, `{"data":"${'x'.repeat(5_000_000)}"}`),
    ],
  ])('says that %s tells nothing of the key', async (_, bytes) => {
    expect(await check(vendor('openai'), 'gpt-6-sol', bytes)).toMatchObject({ verdict: 'unknown' });
  });

  it('ends when it is stopped', async () => {
    expect(await check(vendor('openai'), 'gpt-6-sol', '', AbortSignal.abort())).toMatchObject({
      verdict: 'unknown',
    });
  });

  it('never shows what the provider echoed', async () => {
    const found = await check(
      vendor('azure'),
      'x',
      Buffer.from(STREAM_HEAD + chunk(says('SECRET') + DONE).toString()),
    );
    expect(JSON.stringify(found)).not.toContain('SECRET');
  });
});
