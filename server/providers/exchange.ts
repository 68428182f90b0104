import type { Kysely } from 'kysely';
import { HANDLE, RESERVED_HANDLES } from '../../shared/contract/account.ts';
import type { Database } from '../storage/database.ts';

/** People and workspaces share one set of names, since both stand in addresses; a deleted account's name stays taken. */
export async function isHandleFree(db: Kysely<Database>, handle: string): Promise<boolean> {
  if (!HANDLE.test(handle) || RESERVED_HANDLES.has(handle)) return false;
  const found = await db
    .selectFrom('users')
    .select('handle')
    .where('handle', '=', handle)
    .unionAll(db.selectFrom('workspaces').select('slug as handle').where('slug', '=', handle))
    .unionAll(db.selectFrom('retired_handles').select('handle').where('handle', '=', handle))
    .executeTakeFirst();
  return found === undefined;
}

/** A free handle for a name from elsewhere: `Ada_L` becomes `ada-l`, or `ada-l-2` when that is taken. */
export async function handleFor(db: Kysely<Database>, name: string): Promise<string> {
  const base =
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-+|-+$/g, '')
      .slice(0, 32)
      .replace(/-+$/, '') || 'user';
  for (let n = 1; n < 50; n += 1) {
    const candidate = n === 1 ? base : `${base}-${n}`;
    if (await isHandleFree(db, candidate)) return candidate;
  }
  return `${base}-${Math.floor(Math.random() * 1e6)}`;
}
