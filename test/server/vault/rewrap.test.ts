import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { type Root, VaultSealed } from '../../../server/vault/roots/root.ts';
import { type Rewrapped, WorkspaceSecrets } from '../../../server/vault/workspace-secrets.ts';
import { testStorage } from '../database.ts';

const { db } = await testStorage();

const rootOf = (id: string): Root => ({
  id,
  mac: async (context) => createHmac('sha256', `root ${id}`).update(context).digest(),
});
const [old, fresh] = [rootOf('old'), rootOf('fresh')];

async function workspace(): Promise<string> {
  const id = randomUUID();
  await sql`insert into workspaces (id, name, slug, "createdAt") values (${id}, 'w', ${id}, now())`.execute(
    db,
  );
  return id;
}

async function rewrapAll(secrets: WorkspaceSecrets): Promise<readonly Rewrapped[]> {
  const all: Rewrapped[] = [];
  for (let next = await secrets.rewrapNext(''); next; next = await secrets.rewrapNext(next.workspaceId))
    all.push(next);
  return all;
}

it('wraps every secret anew, and passes by the one that does not open', async () => {
  const ids = (await Promise.all([workspace(), workspace(), workspace()])).sort();
  const before = new WorkspaceSecrets(db, [old]);
  const secrets = new Map<string, string>();
  for (const id of ids)
    secrets.set(id, await before.withSecretMade(id, async (secret) => secret.toString('hex')));
  const [first = '', changed = '', last = ''] = ids;
  await sql`update vault_workspaces set wrapped = set_byte(wrapped, 60, get_byte(wrapped, 60) # 1)
    where workspace_id = ${changed}`.execute(db);

  const both = new WorkspaceSecrets(db, [fresh, old]);
  expect(await rewrapAll(both)).toEqual([
    { workspaceId: first, fault: undefined },
    { workspaceId: changed, fault: expect.stringContaining('does not open by the root old') },
    { workspaceId: last, fault: undefined },
  ]);
  const after = new WorkspaceSecrets(db, [fresh]);
  for (const id of [first, last])
    expect(await after.withSecret(id, async (secret) => secret.toString('hex'))).toBe(secrets.get(id));
  await expect(after.withSecret(changed, async () => undefined)).rejects.toThrow(VaultSealed);
  // what is left is told again, and nothing else is touched
  expect((await rewrapAll(both)).map(({ workspaceId }) => workspaceId)).toEqual([changed]);
});
