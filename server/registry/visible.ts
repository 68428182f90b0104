import type { Visibility } from '../../shared/contract/registry.ts';

/** Who sees which version of what is published. Pure. */

/** Who reads: null is anyone. */
export type Reader = { readonly workspaceId: string } | null;

export interface Published {
  readonly workspace_id: string;
  readonly version: string;
  readonly visibility: Visibility;
}

/**
 * Of all versions of one thing, the latest first: the one that is meant, and those that the reader is told of. Strangers are told of what
 * is public. An unlisted version is for those who were given its number, or its name where nothing by that name is public.
 */
export function pickVersion<Row extends Published>(
  rows: readonly Row[],
  reader: Reader,
  version: string | undefined,
): { readonly row: Row; readonly versions: readonly string[] } | undefined {
  const seen = rows.filter((row) => row.visibility !== 'private' || isOwn(row, reader));
  const listed = seen.filter((row) => row.visibility === 'public' || isOwn(row, reader));
  const told = listed.length > 0 ? listed : seen;
  const row = version === undefined ? told[0] : seen.find((one) => one.version === version);
  return row && { row, versions: told.map((one) => one.version) };
}

export function isOwn({ workspace_id }: Pick<Published, 'workspace_id'>, reader: Reader): boolean {
  return workspace_id === reader?.workspaceId;
}
