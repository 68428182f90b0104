import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config/config.ts';
import { type RunningServer, startServer } from '../../server/start/start-server.ts';
import { REQUEST_ID_HEADER } from '../../server/telemetry/access-log.ts';
import { createdToken, TOKEN_SCOPES, type TokenScope } from '../../shared/contract/account.ts';
import { hostedSummary } from '../../shared/contract/hosted.ts';
import { signingKeyInfo } from '../../shared/contract/registry.ts';
import { planSummary } from '../../shared/contract/saved-plan.ts';
import { type Answer, Browser } from '../faults/browser.ts';
import { makeSigner, registrationOf } from '../shared/signing/signer.ts';
import { quiet, testStorage } from './database.ts';
import { ENTRIES, type Entry, type Kind, WORKSPACE_ENTRIES } from './idor-table.ts';
import { finishedPlan } from './plans/plan-fixture.ts';
import { publishWork } from './registry/publish-work.ts';

/**
 * Every mounted route, asked by everyone who might be tempted. What is somebody else's answers as what does not exist: the same
 * status, the same body, the same headers; and it is afterwards as it was before.
 */

const SECRET = 'Turn the owner’s private board minutes into action items';

const dataDir = mkdtempSync(join(tmpdir(), 'oneturn-idor-'));
const storage = await testStorage();
const { db } = storage;
const config = readConfig({
  PORT: '0',
  DATA_DIR: dataDir,
  SANDBOX_PACE: 'instant',
  SHUTDOWN_GRACE_MS: '0',
  HOSTED_WORKERS: '0',
});
const server: RunningServer = await startServer(config, { log: quiet, build: 'test', storage });
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const routes = [
  ...new Set(createApp(server.parts).routes.map(({ method, path }) => `${method} ${path}`)),
].filter(
  // what runs before every route
  (route) => route !== 'ALL /*',
);

type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;
type Outsider =
  | 'anonymous'
  | 'other member'
  | 'former member'
  | 'other workspace'
  | 'token of another'
  | 'expired token'
  | 'token without the scope';
type Need = Entry['need'];

const owner = new Browser(() => server.url);
let workspace = '';
/** Invited, and not there yet. */
let invitation = '';
let mateId = '';
let outsiders: Readonly<Record<Outsider, (need: Need) => Send>>;
let ownToken: Send;
/** What the owner's lists have, and nobody else's: a goal, and the ids of a plan and of a run. */
let secrets: readonly string[];

beforeAll(async () => {
  await owner.signUp('the-owner');
  const [mate, former, stranger] = [
    new Browser(() => server.url),
    new Browser(() => server.url),
    new Browser(() => server.url),
  ];
  await mate.signUp('mate');
  await former.signUp('former');
  await stranger.signUp('stranger');
  workspace = idOf(
    await owner.send('POST', '/v1/auth/organization/create', { name: 'Shared', slug: 'shared' }),
  );
  for (const [guest, handle] of [
    [mate, 'mate'],
    [former, 'former'],
  ] as const) {
    const wish = { organizationId: workspace, email: `${handle}@example.com`, role: 'member' };
    const invitationId = idOf(await owner.send('POST', '/v1/auth/organization/invite-member', wish));
    await ok(guest.send('POST', '/v1/auth/organization/accept-invitation', { invitationId }));
  }
  for (const one of [owner, mate, former])
    await ok(one.send('POST', '/v1/auth/organization/set-active', { organizationId: workspace }));
  const gone = { organizationId: workspace, memberIdOrEmail: 'former@example.com' };
  await ok(owner.send('POST', '/v1/auth/organization/remove-member', gone));

  invitation = idOf(
    await owner.send('POST', '/v1/auth/organization/invite-member', {
      organizationId: workspace,
      email: 'later@example.com',
      role: 'admin',
    }),
  );
  const member = db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.userId')
    .select('members.id');
  mateId = (
    await member
      .where('users.handle', '=', 'mate')
      .where('organizationId', '=', workspace)
      .executeTakeFirstOrThrow()
  ).id;

  const all: TokenScope[] = ['runs:write', 'plans:read', 'publish'];
  const [theirs, mine, old] = [
    await tokenOf(stranger, all),
    await tokenOf(owner, all),
    await tokenOf(owner, all),
  ];
  const only = {
    'runs:write': await tokenOf(owner, ['runs:write']),
    'plans:read': await tokenOf(owner, ['plans:read']),
  };
  await sql`update api_tokens set expires_at = current_timestamp - interval '1 second' where id = ${old.info.id}`.execute(
    db,
  );
  ownToken = bearer(mine.token);
  outsiders = {
    anonymous: () => sendOf(new Browser(() => server.url)),
    'other member': () => sendOf(mate),
    'former member': () => sendOf(former),
    'other workspace': () => sendOf(stranger),
    'token of another': () => bearer(theirs.token),
    'expired token': () => bearer(old.token),
    'token without the scope': (need) =>
      bearer(only[need === 'plans:read' ? 'runs:write' : 'plans:read'].token),
  };
  // for the lists
  secrets = [SECRET, await MAKE['publish draft'](), await MAKE['ended run']()];
});

it('knows every route that is mounted, and none that is not', () => {
  expect(Object.keys(ENTRIES).sort()).toEqual([...routes].sort());
});

describe.each(Object.entries(ENTRIES))('%s', (route, entry) => {
  const [method = '', path = ''] = route.split(' ');
  const ask = (send: Send, id: string, query: string): Promise<Answer> =>
    send(method, path.replace(/:\w+/, id) + query, entry.body?.(), entry.headers);
  const queries = entry.queries ?? [''];

  it('gives an outsider nothing, changes nothing for them, and serves its owner', async () => {
    const id = await make(entry.object);
    const before = await rowsOf(entry.object, id);
    for (const [name, sendFor] of Object.entries(outsiders)) {
      // as: Object.entries forgets that its keys are the object's
      const who = name as Outsider;
      if (entry.need === 'account' && !isStrange(who)) continue;
      for (const query of queries) {
        const answer = await ask(sendFor(entry.need), id, query);
        const unknown = await ask(sendFor(entry.need), unknownId(entry.object), query);
        expect({ who, query, status: answer.status }).toEqual({ who, query, status: expected(who, entry) });
        expect(secrets.filter((secret) => answer.text.includes(secret))).toEqual([]);
        if (entry.object === undefined) continue;
        expect({ who, query, ...comparable(answer) }).toEqual({ who, query, ...comparable(unknown) });
      }
    }
    expect(await rowsOf(entry.object, id)).toEqual(before);

    for (const query of queries) {
      const answer = await ask(sendOf(owner), id, query);
      expect({ query, status: answer.status }).toEqual({ query, status: entry.status });
      if (entry.shows === true) expect(secrets.some((secret) => answer.text.includes(secret))).toBe(true);
    }
    if (!TOKEN_SCOPES.some((scope) => scope === entry.need)) return;
    const another = await make(entry.object);
    expect((await ask(ownToken, another, queries[0] ?? '')).status).toBe(entry.status);
  });
});

describe.each(WORKSPACE_ENTRIES)('$request', ({ request, object, body, query }) => {
  const [method = '', name = ''] = request.split(' ');

  it.each(['former member', 'other workspace'] as const)('is to a %s as if there were none', async (who) => {
    const send = outsiders[who]('session');
    const ask = (id: string, memberId: string): Promise<Answer> =>
      send(method, `/v1/auth/organization/${name}${query?.(id) ?? ''}`, body?.(id, memberId));
    const before = await workspaceRows();
    const answer = await ask(object === 'workspace' ? workspace : invitation, mateId);
    const unknown = await ask(randomUUID(), randomUUID());
    expect(answer.status).toBe(404);
    expect(comparable(answer)).toEqual(comparable(unknown));
    expect(await workspaceRows()).toEqual(before);
  });
});

async function workspaceRows(): Promise<readonly unknown[]> {
  const tables = ['workspaces', 'members', 'invitations'];
  const rows = tables.map((table) =>
    sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(db),
  );
  return (await Promise.all(rows)).map((found) => found.rows);
}

/** No person that is signed in. */
function isStrange(who: Outsider): boolean {
  return who === 'anonymous' || who.includes('token');
}

function expected(who: Outsider, { need, status, object }: Entry): number {
  const isToken = who.includes('token');
  if (need === 'public') return status;
  if (need === 'auth') return isToken ? 403 : status;
  if (need === 'account') return isToken ? 403 : 401;
  if (who === 'anonymous' || who === 'expired token') return 401;
  if (who === 'token without the scope' || (isToken && need === 'session')) return 403;
  return object === undefined ? status : 404;
}

const MAKE: Readonly<Record<Kind, () => Promise<string>>> = {
  plan: async () => {
    const saved = await ok(owner.send('POST', '/v1/plans', finishedPlan({ goal: SECRET, title: SECRET })));
    return planSummary.parse(saved.json).id;
  },
  'deleted plan': async () => {
    const id = await MAKE.plan();
    await ok(owner.send('DELETE', `/v1/plans/${id}`));
    return id;
  },
  run: async () =>
    hostedSummary.parse((await ok(owner.send('POST', '/v1/intent', { goal: SECRET }))).json).id,
  // its feed ends, where that of one that waits would go on
  'ended run': async () => {
    const id = await MAKE.run();
    await ok(owner.send('DELETE', `/v1/intent/${id}`));
    return id;
  },
  'publish draft': async () => {
    const id = await MAKE.plan();
    const first = { 'if-none-match': '*' };
    await ok(owner.send('PUT', `/v1/publish-drafts/${id}`, publishWork({ description: SECRET }), first));
    return id;
  },
  'signing key': async () => {
    const wish = await registrationOf('the-owner', await makeSigner());
    const made = await ok(owner.send('POST', '/v1/signing-keys', wish));
    return signingKeyInfo.parse(made.json).keyId;
  },
  token: async () => (await tokenOf(owner, ['plans:read'])).info.id,
  session: async () => {
    await new Browser(() => server.url).signIn('the-owner');
    const { id } = await db
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.userId')
      .select('sessions.id')
      .where('users.handle', '=', 'the-owner')
      .orderBy('sessions.createdAt', 'desc')
      .executeTakeFirstOrThrow();
    return id;
  },
};

const TABLES: Readonly<Record<Kind, string>> = {
  ...{ plan: 'intent_plans', 'deleted plan': 'intent_plans', run: 'intent_jobs', 'ended run': 'intent_jobs' },
  ...{ token: 'api_tokens', session: 'sessions', 'signing key': 'signing_keys' },
  'publish draft': 'publish_drafts',
};

const ID_COLUMNS: Partial<Record<Kind, string>> = { 'signing key': 'key_id', 'publish draft': 'plan_id' };

async function make(kind: Kind | undefined): Promise<string> {
  return kind === undefined ? '' : MAKE[kind]();
}

async function rowsOf(kind: Kind | undefined, id: string): Promise<readonly string[]> {
  if (kind === undefined) return [];
  const { rows } = await sql<{
    row: string;
  }>`select t::text as row from ${sql.table(TABLES[kind])} t where ${sql.ref(ID_COLUMNS[kind] ?? 'id')}::text = ${id}`.execute(
    db,
  );
  expect(rows).toHaveLength(1);
  return rows.map(({ row }) => row);
}

/** Of the same form as a real one. */
function unknownId(kind: Kind | undefined): string {
  if (kind === 'signing key') return randomBytes(32).toString('hex');
  return kind === 'session' ? randomBytes(24).toString('base64url') : randomUUID();
}

/** All that an answer tells; the time of day and the request's id are its own. */
function comparable({ status, text, headers }: Answer): object {
  return {
    status,
    text,
    headers: Object.fromEntries(
      [...headers].filter(([name]) => name !== 'date' && name !== REQUEST_ID_HEADER),
    ),
  };
}

function sendOf(browser: Browser): Send {
  return (...request) => browser.send(...request);
}

function bearer(token: string): Send {
  const agent = new Browser(() => server.url);
  return (method, path, body, headers) =>
    agent.send(method, path, body, { ...headers, authorization: `Bearer ${token}` });
}

async function tokenOf(browser: Browser, scopes: TokenScope[]) {
  return createdToken.parse(
    (await ok(browser.send('POST', '/v1/tokens', { name: 'one', scopes, expiresInDays: null }))).json,
  );
}

async function ok(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  if (given.status >= 300) throw new Error(`${given.status}: ${given.text}`);
  return given;
}

function idOf({ status, json, text }: Answer): string {
  if (typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string')
    return json.id;
  throw new Error(`no id in ${status} ${text}`);
}
