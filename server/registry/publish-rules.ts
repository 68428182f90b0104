import { type Kysely, sql, type Transaction } from 'kysely';
import type { Failure } from '../../shared/contract/failure.ts';
import type { BundleManifest, Visibility } from '../../shared/contract/registry.ts';
import { outlineOf } from '../../shared/registry/similar-name.ts';
import type { Database } from '../storage/database.ts';
import type { CheckedBundle } from './check-bundle.ts';

/** The checks of a bundle that depend on what is published already: versions, names, reused skills. */

export interface Publisher {
  readonly userId: string;
  readonly handle: string;
  readonly workspaceId: string;
}

/** Thrown inside the transaction, so that all of it is rolled back. */
export class PublishRefused extends Error {
  override readonly name = 'PublishRefused';
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** For a dry run: what of the above would be refused now. */
export async function wouldRefuse(
  db: Kysely<Database>,
  publisher: Publisher,
  { manifest, skills }: CheckedBundle,
  visibility: Visibility,
): Promise<Failure | undefined> {
  try {
    await refuseOld(db, publisher, manifest);
    await findReused(db, publisher, manifest, visibility);
    for (const { name, version } of skills) {
      const row = await db
        .selectFrom('skill_versions')
        .select('id')
        .where('handle', '=', publisher.handle)
        .where('name', '=', name)
        .where('version', '=', version)
        .executeTakeFirst();
      if (row)
        throw taken(`${name} ${version} is published already. Choose a higher version.`, 'manifest.version');
      const holder = visibility === 'public' ? await holderOf(db, name) : undefined;
      if (holder && (holder.owner_id !== publisher.userId || holder.name !== name))
        throw nameTaken(manifest, name, holder.name);
    }
    return undefined;
  } catch (error) {
    if (error instanceof PublishRefused) return error.failure;
    throw error;
  }
}

/** A version below the latest would be published, and never be the one that clients install. */
export async function refuseOld(
  db: Kysely<Database>,
  { handle, workspaceId }: Publisher,
  manifest: BundleManifest,
): Promise<void> {
  await refuseElsewhere(db, { handle, workspaceId }, manifest);
  const latest = await db
    .selectFrom('bundles')
    .select('version')
    .where('handle', '=', handle)
    .where('name', '=', manifest.name)
    .where('version_order', '>=', sql<number[]>`${numbersOf(manifest.version)}`)
    .orderBy('version_order', 'desc')
    .executeTakeFirst();
  if (latest)
    throw taken(
      `${manifest.name} is at version ${latest.version} already. Choose a higher one.`,
      'manifest.version',
    );
}

/** A bundle is in one workspace, with all its versions: a private one in another would be shown to people whom nobody meant. */
async function refuseElsewhere(
  db: Kysely<Database>,
  { handle, workspaceId }: Pick<Publisher, 'handle' | 'workspaceId'>,
  { name }: BundleManifest,
): Promise<void> {
  const row = await db
    .selectFrom('bundles')
    .innerJoin('workspaces', 'workspaces.id', 'bundles.workspace_id')
    .select('workspaces.name')
    .where('bundles.handle', '=', handle)
    .where('bundles.name', '=', name)
    .where('bundles.workspace_id', '<>', workspaceId)
    .limit(1)
    .executeTakeFirst();
  if (row)
    throw taken(
      `${name} is in the workspace ${row.name}. Publish its next version there, or transfer it to this workspace first.`,
      'manifest.name',
    );
}

export async function findReused(
  db: Kysely<Database>,
  { workspaceId }: Publisher,
  manifest: BundleManifest,
  visibility: Visibility,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, version, publisher, contentDigest, source } of manifest.skills) {
    if (source !== 'reuse') continue;
    const row = await db
      .selectFrom('skill_versions')
      .select('id')
      .where('handle', '=', publisher)
      .where('name', '=', name)
      .where('version', '=', version)
      .where('content_digest', '=', contentDigest)
      .where((eb) =>
        // a public bundle cannot hand out what its readers may not see
        visibility === 'private'
          ? eb.or([eb('visibility', '=', 'public'), eb('workspace_id', '=', workspaceId)])
          : eb('visibility', '=', 'public'),
      )
      .where('removal', 'is', null)
      .executeTakeFirst();
    if (row === undefined)
      throw new PublishRefused({
        code: 'invalid_field',
        field: 'manifest',
        message: `bundle.json reuses ${name} ${version}, which is not published here with that content.`,
      });
    ids.set(name, row.id);
  }
  return ids;
}

export async function claimNames(
  trx: Transaction<Database>,
  { userId }: Publisher,
  { manifest, skills }: CheckedBundle,
): Promise<void> {
  // Always in one order, so that two publications at once wait for each other and do not deadlock.
  for (const { name } of skills.toSorted((a, b) => (outlineOf(a.name) < outlineOf(b.name) ? -1 : 1))) {
    await trx
      .insertInto('skill_names')
      .values({ outline: outlineOf(name), name, owner_id: userId })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const holder = await holderOf(trx, name);
    if (holder?.owner_id !== userId || holder.name !== name)
      throw nameTaken(manifest, name, holder?.name ?? name);
  }
}

function holderOf(db: Kysely<Database>, name: string) {
  return db
    .selectFrom('skill_names')
    .select(['name', 'owner_id'])
    .where('outline', '=', outlineOf(name))
    .executeTakeFirst();
}

export function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}

export function taken(message: string, field: string): PublishRefused {
  return new PublishRefused({ code: 'conflict', message, field });
}

function nameTaken({ skills }: BundleManifest, name: string, holder: string): PublishRefused {
  const message =
    holder === name
      ? `The name ${name} belongs to somebody else here. Choose another.`
      : `The name ${name} looks like ${holder}, which is published here. Choose another.`;
  return taken(message, `manifest.skills.${skills.findIndex((skill) => skill.name === name)}.name`);
}
