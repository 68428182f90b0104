import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The policy no-keys-at-rest, and the database's own refusal of keys while it is in force; see server/vault/policy. */
export const migration0018: Migration = {
  up: async (db) => {
    await sql`
      create table key_policies (
        -- a workspace's id, or 'operator' for all of them
        id text not null primary key,
        workspace_id text references workspaces (id) on delete cascade,
        since timestamptz,
        set_by text,
        -- asked for by an owner; from then on the policy is in force no more
        lifts_at timestamptz,
        lifted_by text,
        -- the unguessable part of the address at which anyone reads it
        address text unique,
        check (id = coalesce(workspace_id, 'operator')),
        check (lifts_at is null or since is not null)
      );
      insert into key_policies (id) values ('operator');

      -- Whoever sets a policy holds one of these two rows alone until the end of their transaction, so that this waits for them, and they
      -- for whoever stores a key just now. The question comes in a statement of its own, which sees what was committed meanwhile.
      create function refuse_keys_at_rest() returns trigger language plpgsql as $$
      begin
        perform 1 from key_policies where id = 'operator' for share;
        perform 1 from workspaces where id = new.workspace_id for share;
        if exists (
          select 1 from key_policies
          where id in ('operator', new.workspace_id) and since is not null and coalesce(lifts_at > clock_timestamp(), true)
        ) then
          raise exception 'the policy no-keys-at-rest is in force' using errcode = 'check_violation', constraint = 'no_keys_at_rest';
        end if;
        return new;
      end $$;
      create trigger vault_keys_at_rest_insert before insert on vault_keys
        for each row when (new.sealed is not null) execute function refuse_keys_at_rest();
      create trigger vault_keys_at_rest_update before update on vault_keys
        for each row when (new.sealed is not null and (new.sealed is distinct from old.sealed or new.workspace_id <> old.workspace_id))
        execute function refuse_keys_at_rest();
    `.execute(db);
  },
};
