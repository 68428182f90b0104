import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { validate } from '@readme/openapi-parser';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AxiosResponse } from 'axios';
import { OpenAPIClientAxios, type OpenAPIV3_1 } from 'openapi-client-axios';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { openApiDocument } from '../../../server/openapi/openapi-document.ts';
import { startServer } from '../../../server/start/start-server.ts';
import { EVENTS } from '../../../shared/contract/events.ts';
import { Browser } from '../../faults/browser.ts';
import { quiet, testStorage } from '../database.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';

/** The document as others read it: a validator, and a client that is made from nothing but the document. */

const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-openapi-'));
const config = readConfig({ PORT: '0', DATA_DIR: dataDir, SANDBOX_PACE: 'instant', SHUTDOWN_GRACE_MS: '0' });
const server = await startServer(config, { log: quiet, build: '1.2.3+test', storage: await testStorage() });
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const served = await fetch(`${server.url}/v1/openapi.json`);
// as: what it is gets validated below
const document = (await served.json()) as OpenAPIV3_1.Document &
  Required<Pick<OpenAPIV3_1.Document, 'paths'>>;

const ajv = new Ajv2020({ strict: false, validateFormats: false });
ajv.addSchema(document, 'document');

/** What the document says against an answer: its status, its media type, and the body's shape. */
function faultsOf({ status, headers, data, config: { url = '', method = '' } }: AxiosResponse): unknown {
  const [path = ''] = Object.keys(document.paths).filter((one) =>
    new RegExp(`^${one.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(url),
  );
  const pointer = `#/paths/${path.replaceAll('/', '~1')}/${method}/responses/${status}`;
  const [type = ''] = String(headers['content-type'] ?? '').split(';');
  const escaped = `${pointer}/content/${type.replaceAll('/', '~1')}/schema`;
  const check = ajv.getSchema(`document${encodeURI(escaped)}`);
  if (check === undefined) return `${method} ${url}: the document knows no ${type} with ${status}`;
  return check(data) ? undefined : check.errors;
}

const browser = new Browser(() => server.url);
await browser.signUp('reader');
const client = await new OpenAPIClientAxios({
  definition: document,
  withServer: { url: server.url },
  axiosConfigDefaults: {
    // a connection each: one that is kept may be closed by the server just as it is taken again
    httpAgent: new Agent({ keepAlive: false }),
    headers: { cookie: browser.cookie(), origin: server.url },
    validateStatus: () => true,
  },
}).init();

async function call(operation: string, ...given: readonly unknown[]): Promise<AxiosResponse> {
  // as: the client is made from the document at run time, and its methods have no types
  const methods = client as unknown as Record<
    string,
    (...given: readonly unknown[]) => Promise<AxiosResponse>
  >;
  const method = methods[operation];
  if (method === undefined) throw new Error(`the document has no ${operation}`);
  const answer = await method(...given);
  expect(faultsOf(answer), operation).toBeUndefined();
  return answer;
}

describe('the document', () => {
  test('is valid OpenAPI 3.1, with references that lead somewhere and schemas that are JSON schemas', async () => {
    expect(served.headers.get('content-type')).toBe('application/json');
    const copy: typeof document = structuredClone(document);
    // as: the two packages have types of their own for the same document
    expect(await validate(copy as unknown as Parameters<typeof validate>[0])).toMatchObject({ valid: true });
    const schemas = Object.entries(document.components?.schemas ?? {});
    expect(schemas.length).toBeGreaterThan(40);
    for (const [name, schema] of schemas) expect(ajv.validateSchema(schema), name).toBe(true);
    expect(document.openapi).toBe('3.1.1');
    expect(document.info.version).toBe('1.2.3+test');
  });

  test('names only security schemes that it has, and the cookie as the server sets it', () => {
    const schemes = document.components?.securitySchemes ?? {};
    const used = Object.values(document.paths).flatMap((methods) =>
      // as: the paths of this document have operations and nothing else
      (Object.values(methods ?? {}) as OpenAPIV3_1.OperationObject[]).flatMap(({ security }) =>
        (security ?? []).flatMap((one) => Object.keys(one)),
      ),
    );
    expect([...new Set(used)].sort()).toEqual(Object.keys(schemes).sort());
    expect(schemes).toMatchObject({ session: { name: browser.cookie().split('=')[0] } });
    const secure = openApiDocument({ version: '1', isSecure: true });
    expect(JSON.stringify(secure)).toContain('"__Host-oneturn.session_token"');
  });

  test('has the key in one header and in no body', () => {
    const words = JSON.stringify(document.components?.schemas).match(
      /"[\w-]*(?:provider-?key|apikey)[\w-]*":/gi,
    );
    expect(words).toBeNull();
    expect(document.components?.securitySchemes).toMatchObject({
      providerKey: { type: 'apiKey', in: 'header', name: 'x-provider-key' },
    });
  });

  test('lists every event of a run with its shape', () => {
    const text = JSON.stringify(document.paths['/v1/intent/byo']?.post?.responses['200']);
    for (const name of Object.keys(EVENTS)) expect(text).toContain(`"${name}":{`);
  });
});

describe('a client made from the document', () => {
  test('reads what the server offers', async () => {
    expect((await call('getConfig')).data).toMatchObject({ me: { handle: 'reader' } });
    expect((await call('getMe')).data).toMatchObject({ handle: 'reader' });
    await call('listSessions');
  });

  test('saves, finds, edits, exports and deletes a plan', async () => {
    const saved = await call('savePlan', {}, finishedPlan({ goal: 'Sort the mail' }));
    expect(saved.status).toBe(201);
    const { id } = saved.data;
    const page = await call('listPlans', { q: 'mail', sort: 'title', limit: 5 });
    expect(page.data).toMatchObject({ total: 1, plans: [{ id }] });
    await call('getPlan', { id });
    const edited = await call('editPlan', { id, 'if-match': saved.headers['etag'] }, { title: 'Mine' });
    expect(edited.data).toMatchObject({ title: 'Mine' });
    const late = await call('editPlan', { id, 'if-match': saved.headers['etag'] }, { title: 'Late' });
    expect(late.status).toBe(409);
    expect(late.data).toMatchObject({ error: { code: 'conflict' }, current: { title: 'Mine' } });
    await call('deletePlan', { id });
    await call('restorePlan', { id });
    expect((await call('listAudit', { action: 'plan.edit' })).data.entries).toHaveLength(1);
  });

  test('is refused in the envelope that the document has, with its status', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect((await call('getPlan', { id })).status).toBe(404);
    expect((await call('listPlans', { sort: 'length' })).status).toBe(422);
    expect((await call('createToken', {}, { name: '' })).status).toBe(422);
    expect((await call('getRun', { id })).data).toMatchObject({ error: { code: 'not_found' } });
    expect((await call('runByo', {}, { goal: '' })).status).toBe(422);
  });

  test('makes a token and starts, watches and cancels a hosted run', async () => {
    const token = await call('createToken', {}, { name: 'ci', scopes: ['runs:write'], expiresInDays: 1 });
    expect(token.status).toBe(201);
    expect((await call('listTokens')).data.tokens).toHaveLength(1);
    const run = await call('startRun', {}, { goal: 'Turn merged pull requests into release notes' });
    expect(run.status).toBe(202);
    const watched = await call('watchRun', { id: run.data.id });
    expect(watched.data).toContain('event: done');
    await call('getRun', { id: run.data.id });
    await call('cancelRun', { id: run.data.id });
    await call('listRuns');
  });

  test('composes on a key of its own, at the sandbox without one', async () => {
    const run = await call('runByo', {}, { goal: 'Profile a CSV file before import' });
    expect(run.data).toContain('event: done');
  });

  test('reads the registry', async () => {
    await call('listBundles', { q: 'notes', category: 'other' });
    expect((await call('getBundle', { owner: 'reader', name: 'none' })).status).toBe(404);
    await call('listSigningKeys');
  });
});
