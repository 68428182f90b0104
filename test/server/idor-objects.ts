import { randomBytes, randomUUID } from 'node:crypto';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { expect } from 'vitest';
import type { Database } from '../../server/storage/database.ts';
import { createdTryLink } from '../../shared/contract/author/try-link.ts';
import { hostedSummary } from '../../shared/contract/hosted.ts';
import { signingKeyInfo } from '../../shared/contract/registry.ts';
import { planSummary } from '../../shared/contract/saved-plan.ts';
import { Browser } from '../faults/browser.ts';
import { makeCanary } from '../leak/canary.ts';
import { makeSigner, registrationOf } from '../shared/signing/signer.ts';
import { ok, tokenOf } from './idor-requests.ts';
import type { Kind } from './idor-table.ts';
import { finishedPlan } from './plans/plan-fixture.ts';
import { signedBundle, skillFiles } from './registry/author.ts';
import { publishWork } from './registry/publish-work.ts';
import { stored, storeKey } from './vault/vault-lab.ts';

const TABLES: Readonly<Record<Kind, string>> = {
  ...{ plan: 'intent_plans', 'deleted plan': 'intent_plans', run: 'intent_jobs', 'ended run': 'intent_jobs' },
  ...{ token: 'api_tokens', session: 'sessions', 'signing key': 'signing_keys' },
  ...{ 'publish draft': 'publish_drafts', bundle: 'bundles', 'try link': 'try_links' },
  'stored key': 'vault_keys',
  workspace: 'workspaces',
};

const ID_COLUMNS: Partial<Record<Kind, RawBuilder<string>>> = {
  ...{ 'signing key': sql`key_id`, 'publish draft': sql`plan_id`, bundle: sql`handle || '/' || name` },
};

interface ObjectParts {
  readonly db: Kysely<Database>;
  /** Signed in, and owner of all that is made. */
  readonly owner: Browser;
  readonly url: () => string;
  /** Stands in whatever has a text. */
  readonly secret: string;
}

/** Makes what routes are about, and looks at its rows. */
export function idorObjects({ db, owner, url, secret }: ObjectParts) {
  const makers: Readonly<Record<Kind, () => Promise<string>>> = {
    plan: async () => {
      const saved = await ok(owner.send('POST', '/v1/plans', finishedPlan({ goal: secret, title: secret })));
      return planSummary.parse(saved.json).id;
    },
    'deleted plan': async () => {
      const id = await makers.plan();
      await ok(owner.send('DELETE', `/v1/plans/${id}`));
      return id;
    },
    run: async () =>
      hostedSummary.parse((await ok(owner.send('POST', '/v1/intent', { goal: secret }))).json).id,
    // its feed ends, where that of one that waits would go on
    'ended run': async () => {
      const id = await makers.run();
      await ok(owner.send('DELETE', `/v1/intent/${id}`));
      return id;
    },
    'publish draft': async () => {
      const id = await makers.plan();
      const first = { 'if-none-match': '*' };
      await ok(owner.send('PUT', `/v1/publish-drafts/${id}`, publishWork({ description: secret }), first));
      return id;
    },
    'try link': async () => {
      const path = `/v1/plans/${await makers.plan()}/try-links`;
      return createdTryLink.parse((await ok(owner.send('POST', path, { hours: 1 }))).json).info.id;
    },
    bundle: async () => {
      const signer = await makeSigner();
      await ok(owner.send('POST', '/v1/signing-keys', await registrationOf('the-owner', signer)));
      const name = `board-${randomBytes(4).toString('hex')}`;
      const skills = { [name]: skillFiles(name, `${secret}\n`) };
      const wish = { handle: 'the-owner', name, visibility: 'private' as const, skills };
      await ok(owner.send('POST', '/v1/bundles', await signedBundle(wish, signer)));
      return `the-owner/${name}`;
    },
    'signing key': async () => {
      const wish = await registrationOf('the-owner', await makeSigner());
      const made = await ok(owner.send('POST', '/v1/signing-keys', wish));
      return signingKeyInfo.parse(made.json).keyId;
    },
    'stored key': async () => (await stored(storeKey({ url: url() }, owner, makeCanary().key))).id,
    // not by the route for it, which would have the owner act in it from then on
    workspace: async () => {
      const [id, createdAt] = [randomUUID(), new Date()];
      await db.insertInto('workspaces').values({ id, name: secret, slug: id, createdAt }).execute();
      const { id: userId } = await db
        .selectFrom('users')
        .select('id')
        .where('handle', '=', 'the-owner')
        .executeTakeFirstOrThrow();
      const member = { id: randomUUID(), organizationId: id, userId, role: 'owner', createdAt };
      await db.insertInto('members').values(member).execute();
      return id;
    },
    token: async () => (await tokenOf(owner, ['plans:read'])).info.id,
    session: async () => {
      await new Browser(url).signIn('the-owner');
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

  async function make(kind: Kind | undefined): Promise<string> {
    return kind === undefined ? '' : makers[kind]();
  }

  async function rowsOf(kind: Kind | undefined, id: string): Promise<readonly string[]> {
    if (kind === undefined) return [];
    const { rows } = await sql<{
      row: string;
    }>`select t::text as row from ${sql.table(TABLES[kind])} t where (${ID_COLUMNS[kind] ?? sql`id`})::text = ${id}`.execute(
      db,
    );
    expect(rows).toHaveLength(1);
    return rows.map(({ row }) => row);
  }

  return { make, rowsOf };
}

/** Of the same form as a real one. */
export function unknownId(kind: Kind | undefined): string {
  if (kind === 'bundle') return `the-owner/board-${randomBytes(4).toString('hex')}`;
  if (kind === 'signing key') return randomBytes(32).toString('hex');
  return kind === 'session' ? randomBytes(24).toString('base64url') : randomUUID();
}
