import { createHash, randomUUID } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { CriticReport } from '../../shared/contract/author/critic.ts';
import type { Visibility } from '../../shared/contract/registry.ts';
import type { IdempotencyKey } from '../http/idempotency-key.ts';
import type { Database } from '../storage/database.ts';
import type { CheckedBundle, CheckedSkill } from './check-bundle.ts';
import { claimNames, findReused, numbersOf, type Publisher, refuseOld, taken } from './publish-rules.ts';
import { searchText } from './search-text.ts';

/** All that is stored of one publication. */
export interface Publication {
  readonly checked: CheckedBundle;
  readonly manifestText: string;
  readonly signature: string;
  readonly signingKey: string;
  readonly visibility: Visibility;
  readonly planId: string | undefined;
  readonly critic: CriticReport | undefined;
  readonly idempotencyKey: IdempotencyKey | undefined;
}

/** `already`: this very publication is there, under its idempotency key. */
export type Taken = 'published' | 'already';

/** Stores all of the bundle, or throws `PublishRefused` and stores nothing. */
export async function storeBundle(
  trx: Transaction<Database>,
  publisher: Publisher,
  publication: Publication,
): Promise<Taken> {
  // Publications of one publisher run one after the other: of two at once with one idempotency key, the second finds what the first has
  // stored.
  await sql`select pg_advisory_xact_lock(hashtext('publish'), hashtext(${publisher.userId}))`.execute(trx);
  const before = await publishedBefore(trx, publisher, publication.idempotencyKey);
  if (before) return before;
  const { manifest, skills } = publication.checked;
  await refuseOld(trx, publisher, manifest);
  const reused = await findReused(trx, publisher, manifest, publication.visibility);
  if (publication.visibility === 'public') await claimNames(trx, publisher, publication.checked);

  const bundleId = randomUUID();
  const shared = {
    owner_id: publisher.userId,
    workspace_id: publisher.workspaceId,
    handle: publisher.handle,
    published_as: publication.visibility,
  };
  const added = await trx
    .insertInto('bundles')
    .values({
      ...shared,
      id: bundleId,
      name: manifest.name,
      version: manifest.version,
      version_order: numbersOf(manifest.version),
      manifest: publication.manifestText,
      signature: publication.signature,
      signing_key: publication.signingKey,
      description: manifest.description,
      licence: manifest.licence,
      categories: [...new Set(manifest.categories ?? [])],
      plan_id: publication.planId ?? null,
      search: searchText(
        manifest,
        skills.map(({ description }) => description),
      ),
      critic: publication.critic ? JSON.stringify(publication.critic) : null,
      publish_key: publication.idempotencyKey?.value ?? null,
      publish_digest: publication.idempotencyKey?.digest ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined)
    throw taken(
      `${manifest.name} ${manifest.version} is published already. Choose a higher version.`,
      'manifest.version',
    );

  await storeMembers(trx, publication.checked, reused, { ...shared, bundle_id: bundleId });
  return 'published';
}

async function storeMembers(
  trx: Transaction<Database>,
  { manifest, skills }: CheckedBundle,
  reused: ReadonlyMap<string, string>,
  shared: Publisherless,
): Promise<void> {
  const ids = new Map(reused);
  for (const skill of skills) ids.set(skill.name, await storeSkill(trx, shared, skill));
  const members = manifest.skills.map(({ name }, position) => ({
    bundle_id: shared.bundle_id,
    position,
    skill_id: ids.get(name) ?? '',
  }));
  await trx.insertInto('bundle_skills').values(members).execute();
}

/** Whether this very publication was stored already, under its idempotency key; another one under it is refused. */
export async function publishedBefore(
  trx: Kysely<Database>,
  publisher: Pick<Publisher, 'userId'>,
  key: IdempotencyKey | undefined,
): Promise<'already' | undefined> {
  if (key === undefined) return undefined;
  const row = await trx
    .selectFrom('bundles')
    .select('publish_digest')
    .where('owner_id', '=', publisher.userId)
    .where('publish_key', '=', key.value)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.publish_digest?.equals(key.digest)) return 'already';
  throw taken('This Idempotency-Key was used for another bundle. Publish with a new one.', 'idempotency-key');
}

async function storeSkill(
  trx: Transaction<Database>,
  shared: Publisherless,
  skill: CheckedSkill,
): Promise<string> {
  const id = randomUUID();
  const { verdict, findings, acknowledgement } = skill;
  const added = await trx
    .insertInto('skill_versions')
    .values({
      ...shared,
      id,
      name: skill.name,
      version: skill.version,
      version_order: numbersOf(skill.version),
      description: skill.description,
      licence: skill.licence ?? null,
      content_digest: skill.contentDigest,
      archive: skill.archive,
      archive_digest: createHash('sha256').update(skill.archive).digest('hex'),
      signature: skill.signature,
      analysis: JSON.stringify({ verdict, findings, acknowledgement }),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (added === undefined)
    throw taken(
      `${skill.name} ${skill.version} is published already. Choose a higher version.`,
      'manifest.version',
    );
  const files = skill.files.map(({ path, content, bytes, sha256 }) => ({
    skill_id: id,
    path,
    content,
    bytes,
    sha256,
  }));
  await trx.insertInto('skill_files').values(files).execute();
  return id;
}

interface Publisherless {
  readonly owner_id: string;
  readonly workspace_id: string;
  readonly handle: string;
  readonly published_as: Visibility;
  readonly bundle_id: string;
}
