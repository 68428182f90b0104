import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { CriticReport } from '../../shared/contract/author/critic.ts';
import type { Deprecation, Removal, ReportCause } from '../../shared/contract/author/curation.ts';
import type { Category } from '../../shared/contract/categories.ts';
import type { PublishedSkillInfo, Visibility } from '../../shared/contract/registry.ts';
import type { SetOnce } from '../storage/database.ts';

/** Signing keys, bundles and their skills. What is signed is never changed once it is published. */
declare module '../storage/database.ts' {
  interface Database {
    readonly signing_keys: SigningKeysTable;
    readonly skill_names: SkillNamesTable;
    readonly bundles: BundlesTable;
    readonly skill_versions: SkillVersionsTable;
    readonly skill_files: SkillFilesTable;
    readonly bundle_skills: BundleSkillsTable;
    readonly publish_drafts: PublishDraftsTable;
    readonly reports: ReportsTable;
    readonly try_links: TryLinksTable;
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
  /** Changed by a transfer alone. */
  workspace_id: string;
  readonly handle: SetOnce<string>;
  readonly name: SetOnce<string>;
  readonly version: SetOnce<string>;
  /** The version's numbers, by which the database sorts. */
  readonly version_order: SetOnce<number[]>;
  readonly published_as: SetOnce<Visibility>;
  /** By its author, who may show it again. */
  hidden_at: ColumnType<Date | null, never, Date | null>;
  /** By the operator. */
  removal: ColumnType<Removal | null, never, string | null>;
  deprecation: ColumnType<Deprecation | null, never, string | null>;
  /** Computed from those: what is hidden or taken down is private. */
  readonly visibility: ColumnType<Visibility, never, never>;
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
  search: ColumnType<string>;
  /** In place of the signed description, in lists. */
  summary: ColumnType<string | null, never, string | null>;
  /** What the operator's critic said when it was published; null: none was to be asked. */
  readonly critic: ColumnType<CriticReport | null, string | null, never>;
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

export interface ReportsTable {
  readonly id: SetOnce<string>;
  readonly handle: SetOnce<string>;
  readonly name: SetOnce<string>;
  readonly version: SetOnce<string>;
  readonly cause: SetOnce<ReportCause>;
  readonly note: SetOnce<string>;
  /** Null: without an account, or it is gone. */
  readonly reporter_id: SetOnce<string | null>;
  readonly reported_at: Generated<Date>;
  closed_at: ColumnType<Date | null, never, Date>;
}

export interface TryLinksTable {
  readonly id: SetOnce<string>;
  readonly plan_id: SetOnce<string>;
  readonly owner_id: SetOnce<string>;
  /** SHA-256 of the secret part of its address. */
  readonly token_hash: SetOnce<Buffer>;
  readonly created_at: Generated<Date>;
  readonly expires_at: SetOnce<Date>;
}
