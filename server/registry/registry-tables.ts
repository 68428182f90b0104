import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { Category } from '../../shared/contract/categories.ts';
import type { PublishedSkillInfo, Visibility } from '../../shared/contract/registry.ts';
import type { SetOnce } from '../storage/database.ts';

/** Signing keys, bundles and their skills. Versions are never changed once they are published. */
declare module '../storage/database.ts' {
  interface Database {
    readonly signing_keys: SigningKeysTable;
    readonly skill_names: SkillNamesTable;
    readonly bundles: BundlesTable;
    readonly skill_versions: SkillVersionsTable;
    readonly skill_files: SkillFilesTable;
    readonly bundle_skills: BundleSkillsTable;
    readonly publish_drafts: PublishDraftsTable;
  }
}

export interface SigningKeysTable {
  readonly key_id: SetOnce<string>;
  readonly owner_id: SetOnce<string>;
  readonly handle: SetOnce<string>;
  readonly name: SetOnce<string>;
  readonly spki: SetOnce<Buffer>;
  readonly created_at: Generated<Date>;
  revoked_at: ColumnType<Date | null, never, Date>;
}

export interface SkillNamesTable {
  readonly outline: SetOnce<string>;
  readonly name: SetOnce<string>;
  /** Null when the account is gone. Its names stay taken. */
  readonly owner_id: SetOnce<string | null>;
}

interface Published {
  readonly id: SetOnce<string>;
  readonly owner_id: SetOnce<string>;
  readonly workspace_id: SetOnce<string>;
  readonly handle: SetOnce<string>;
  readonly name: SetOnce<string>;
  readonly version: SetOnce<string>;
  /** The version's numbers, by which the database sorts. */
  readonly version_order: SetOnce<number[]>;
  readonly visibility: SetOnce<Visibility>;
  readonly description: SetOnce<string>;
  readonly signature: SetOnce<string>;
  readonly published_at: Generated<Date>;
}

export interface BundlesTable extends Published {
  readonly manifest: SetOnce<string>;
  readonly signing_key: SetOnce<string>;
  readonly licence: SetOnce<string>;
  readonly categories: SetOnce<Category[]>;
  readonly plan_id: SetOnce<string | null>;
  readonly search: SetOnce<string>;
  readonly publish_key: SetOnce<string | null>;
  readonly publish_digest: SetOnce<Buffer | null>;
}

export type StoredAnalysis = Pick<PublishedSkillInfo, 'verdict' | 'findings' | 'acknowledgement'>;

export interface SkillVersionsTable extends Published {
  readonly bundle_id: SetOnce<string>;
  readonly licence: SetOnce<string | null>;
  readonly content_digest: SetOnce<string>;
  readonly archive: SetOnce<Buffer>;
  readonly archive_digest: SetOnce<string>;
  /** Counted after the fact and for people: a crash may lose the last few. */
  downloads: Generated<number>;
  readonly analysis: JSONColumnType<StoredAnalysis, string, never>;
}

export interface SkillFilesTable {
  readonly skill_id: SetOnce<string>;
  readonly path: SetOnce<string>;
  readonly content: SetOnce<string>;
  readonly bytes: SetOnce<number>;
  readonly sha256: SetOnce<string>;
}

export interface BundleSkillsTable {
  readonly bundle_id: SetOnce<string>;
  readonly position: SetOnce<number>;
  readonly skill_id: SetOnce<string>;
}

export interface PublishDraftsTable {
  readonly plan_id: SetOnce<string>;
  readonly owner_id: SetOnce<string>;
  work: JSONColumnType<object>;
  rev: Generated<number>;
  updated_at: Generated<Date>;
}
