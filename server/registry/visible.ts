import type { Visibility } from '../../shared/contract/registry.ts';
import { hasRole, type Who } from '../access/who.ts';

/** Who sees which version of what is published, and who may change it. Pure. */

/** Who reads: null is anyone. */
export type Reader = Pick<Who, 'userId' | 'workspaceId' | 'role'> | null;

export interface Published {
  readonly owner_id: string;
  readonly workspace_id: string;
  readonly version: string;
  readonly visibility: Visibility;
  readonly published_as: Visibility;
  readonly hidden_at: Date | null;
  readonly removal: object | null;
}

/**
 * Of all versions of one thing, the latest first: the one that is meant, and those that the reader is told of. Strangers are told of what
 * is public. An unlisted version is for those who were given its number, or its name where nothing by that name is public. Its own
 * workspace sees what is hidden or taken down too, and means the latest that stands.
 */
export function pickVersion<Row extends Published>(
  rows: readonly Row[],
  reader: Reader,
  version: string | undefined,
): { readonly row: Row; readonly versions: readonly string[] } | undefined {
  const seen = rows.filter((row) => row.visibility !== 'private' || isOwn(row, reader));
  const listed = seen.filter((row) => row.visibility === 'public' || isOwn(row, reader));
  const told = listed.length > 0 ? listed : seen;
  const row =
    version === undefined ? (told.find(stands) ?? told[0]) : seen.find((one) => one.version === version);
  return row && { row, versions: told.map((one) => one.version) };
}

export function isOwn({ workspace_id }: Pick<Published, 'workspace_id'>, reader: Reader): boolean {
  return workspace_id === reader?.workspaceId;
}

/** Its author, and those who run the workspace that it is in. */
export function mayChange(
  { owner_id, workspace_id }: Pick<Published, 'owner_id' | 'workspace_id'>,
  reader: Reader,
): boolean {
  if (reader === null) return false;
  return reader.userId === owner_id || (reader.workspaceId === workspace_id && hasRole(reader, 'admin'));
}

function stands({ hidden_at, removal }: Published): boolean {
  return hidden_at === null && removal === null;
}
