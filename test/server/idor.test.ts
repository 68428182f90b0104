import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config/config.ts';
import { type RunningServer, startServer } from '../../server/start/start-server.ts';
import { REQUEST_ID_HEADER } from '../../server/telemetry/access-log.ts';
import { TOKEN_SCOPES, type TokenScope } from '../../shared/contract/account.ts';
import { type Answer, Browser } from '../faults/browser.ts';
import { createTestSandbox } from '../sandbox/create-test-sandbox.ts';
import { quiet, testStorage } from './database.ts';
import { idorObjects, unknownId } from './idor-objects.ts';
import { bearer, idOf, ok, type Send, sendOf, tokenOf } from './idor-requests.ts';
import { ENTRIES, type Entry, WORKSPACE_ENTRIES } from './idor-table.ts';

/**
 * Every mounted route, asked by everyone who might be tempted. What is somebody else's answers as what does not exist: the same
 * status, the same body, the same headers; and it is afterwards as it was before.
 */

const SECRET = 'Turn the owner’s private board minutes into action items';

const folder = mkdtempSync(join(tmpdir(), 'oneturn-idor-'));
const [dataDir, rootFile] = [join(folder, 'data'), join(folder, 'vault-root')];
mkdirSync(dataDir);
const storage = await testStorage();
const { db } = storage;
const config = readConfig({
  PORT: '0',
  DATA_DIR: dataDir,
  SANDBOX_PACE: 'instant',
  SHUTDOWN_GRACE_MS: '0',
  HOSTED_WORKERS: '0',
  VAULT: 'on',
  VAULT_ROOTS: `r1=file:${rootFile}`,
});
writeFileSync(rootFile, randomBytes(32).toString('base64url'), { mode: 0o600 });
const sandbox = await createTestSandbox({ pace: 'instant' });
const server: RunningServer = await startServer(config, {
  log: quiet,
  build: 'test',
  storage,
  standIn: { origin: sandbox.origin },
});
afterAll(async () => {
  await server.stop();
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});

const routes = [
  ...new Set(createApp(server.parts).routes.map(({ method, path }) => `${method} ${path}`)),
].filter(
  // what runs before every route
  (route) => route !== 'ALL /*',
);

type Outsider =
  | 'anonymous'
  | 'other member'
  | 'former member'
  | 'other workspace'
  | 'token of another'
  | 'expired token'
  | 'token without the scope';
type Need = Entry['need'];

const url = (): string => server.url;
const owner = new Browser(url);
const { make, rowsOf } = idorObjects({ db, owner, url, secret: SECRET });
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
  const [mate, former, stranger] = [new Browser(url), new Browser(url), new Browser(url)];
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
  ownToken = bearer(url, mine.token);
  outsiders = {
    anonymous: () => sendOf(new Browser(url)),
    'other member': () => sendOf(mate),
    'former member': () => sendOf(former),
    'other workspace': () => sendOf(stranger),
    'token of another': () => bearer(url, theirs.token),
    'expired token': () => bearer(url, old.token),
    'token without the scope': (need) =>
      bearer(url, only[need === 'plans:read' ? 'runs:write' : 'plans:read'].token),
  };
  // for the lists
  secrets = [SECRET, await make('publish draft'), await make('ended run')];
});

it('knows every route that is mounted, and none that is not', () => {
  expect(Object.keys(ENTRIES).sort()).toEqual([...routes].sort());
});

describe.each(Object.entries(ENTRIES))('%s', (route, entry) => {
  const [method = '', path = ''] = route.split(' ');
  const ask = (send: Send, id: string, query: string): Promise<Answer> =>
    send(method, path.replace(/:owner\/:name|:\w+/, id) + query, entry.body?.(), entry.headers);
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

function expected(who: Outsider, { need, status, object, manages }: Entry): number {
  const isToken = who.includes('token');
  if (need === 'public') return status;
  if (need === 'auth') return isToken ? 403 : status;
  if (need === 'account') return isToken ? 403 : 401;
  if (who === 'anonymous' || who === 'expired token') return 401;
  if (who === 'token without the scope' || (isToken && need === 'session')) return 403;
  if (manages && who === 'other member') return 403;
  return object === undefined ? status : 404;
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
