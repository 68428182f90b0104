import type { Context } from 'hono';
import { sql } from 'kysely';
import type { Failure } from '../../shared/contract/failure.ts';
import { PAUSED, type WhoVariables } from '../access/who.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { callProvider } from './call-provider.ts';
import { signFacts } from './format/key-facts.ts';
import { sealKey } from './format/sealed-key.ts';
import { isPaused, type KeyRow, lockVault } from './key-locks.ts';
import { readRules } from './key-rules.ts';
import { addKey } from './key-states.ts';
import { factsOf, livingKeys, rowToKey, stateText } from './key-store.ts';
import { openBy } from './open-stored.ts';
import { areForbidden, mayStore } from './policy/policy-store.ts';
import { type ReceivedKey, receiveStored } from './receive-stored.ts';
import { isSameKey, lastFourOf } from './same-key.ts';
import { checkToFailure, VAULT_FAULTS } from './vault-answers.ts';
import type { VaultRouteParts } from './vault-parts.ts';

const MAX_KEYS = 1000;

/** `POST /v1/keys`: opened, judged, checked at its provider, compared with those that are there, encrypted. */
export async function addStored(c: Context<WhoVariables>, parts: VaultRouteParts): Promise<Response> {
  if (c.var.who.isPaused) return refuse(c, PAUSED, parts);
  // Before the key is out of its seal, and again where it is stored: the policy may be set while its provider is asked.
  if (await areForbidden(parts.db, c.var.who.workspaceId)) return refuse(c, VAULT_FAULTS.forbidden, parts);
  const slot = await parts.checkLimits.acquire([c.var.who.userId]);
  if (!slot.ok) return failureResponse(c, slot.failure);
  try {
    const received = await receiveStored(c, parts);
    if (!received.ok) return await refuse(c, received.failure, parts);
    try {
      return await addReceived(c, received.value, parts);
    } finally {
      received.value.key.wipe();
    }
  } finally {
    slot.release();
  }
}

async function refuse(
  c: Context<WhoVariables>,
  failure: Failure,
  { audit }: VaultRouteParts,
  provider: string | null = null,
): Promise<Response> {
  const detail = { code: failure.code, reason: failure.reason ?? null };
  await audit.write(whoToEvent(c, { action: 'vault.key-add', outcome: 'refused', provider, detail }));
  return failureResponse(c, failure);
}

async function addReceived(
  c: Context<WhoVariables>,
  received: ReceivedKey,
  parts: VaultRouteParts,
): Promise<Response> {
  const { wish, key, vendor, origin } = received;
  const { model } = wish;
  const check = await callProvider({ key, vendor, origin, model, signal: c.req.raw.signal }, parts);
  const failure = checkToFailure(check);
  if (failure !== undefined) return refuse(c, failure, parts, vendor.id);
  const stored = await parts.secrets.withSecretMade(c.var.who.workspaceId, (secret) =>
    store(c, received, secret, parts),
  );
  if ('code' in stored) return refuse(c, stored, parts, vendor.id);
  const rules = await readRules(parts.db, c.var.who.workspaceId, parts.maxAgeDays);
  const maxAgeDays = Math.min(rules.maxAgeDays ?? Infinity, rules.serverMaxAgeDays ?? Infinity);
  return c.json(rowToKey(stored, 0, maxAgeDays), 201);
}

/** All or nothing, with its line in the audit log. */
async function store(
  c: Context<WhoVariables>,
  { wish, key, vendor }: ReceivedKey,
  secret: Buffer,
  parts: VaultRouteParts,
): Promise<KeyRow | Failure> {
  const { userId, handle, workspaceId } = c.var.who;
  return parts.audit.transact(async (trx, record): Promise<KeyRow | Failure> => {
    if (await isPaused(trx, workspaceId)) return PAUSED;
    if (!(await mayStore(trx, workspaceId))) return VAULT_FAULTS.forbidden;
    const vault = await lockVault(trx, workspaceId);
    if (vault === undefined || vault.state !== 'open') return PAUSED;
    const site = wish.site ?? '';
    const others = await livingKeys(trx, workspaceId, { provider: vendor.id, site });
    if (others.length >= MAX_KEYS)
      return { code: 'conflict', message: `There are ${MAX_KEYS} keys of this provider. Remove some first.` };
    const twin = findTwin(key, others, secret, parts);
    if (twin !== undefined)
      return { code: 'conflict', message: `This key is stored already, as ${twin.name}. Its age goes on.` };

    // The database makes it: a copy of this process would make the same one twice.
    const { rows } = await sql<{ id: string; now: Date }>`
      select gen_random_uuid()::text as id, clock_timestamp() as now`.execute(trx);
    const [{ id, now: addedAt } = { id: '', now: new Date() }] = rows;
    const facts = {
      ...{ id, workspace_id: workspaceId, provider: vendor.id, site, scope: 'workspace', scope_id: '' },
      ...{
        name: wish.name,
        model: wish.model,
        last4: lastFourOf(key),
        version: 1,
        generation: vault.generation,
      },
      ...{ owner_id: userId, owner_handle: handle, previous_until: null, ended_at: null, ended_why: null },
      ...{ last_used_at: null, last_outcome: null, added_at: addedAt },
    };
    const signed = factsOf({ ...facts, state: 'active', is_default: false, sealed: null });
    const row = await addKey(trx, {
      ...{ ...facts, sealed: sealKey(key, secret, signed), facts_mac: signFacts(signed, secret) },
    });
    await record(
      whoToEvent(c, {
        action: 'vault.key-add',
        outcome: 'ok',
        subject: id,
        provider: vendor.id,
        model: wish.model,
        detail: {
          ...{ name: row.name, lastFour: row.last4, scope: row.scope, default: row.is_default },
          keyState: stateText(row),
        },
      }),
    );
    return row;
  });
}

function findTwin(
  key: ReceivedKey['key'],
  others: readonly KeyRow[],
  secret: Buffer,
  { log }: VaultRouteParts,
): KeyRow | undefined {
  return others.find((row) => {
    const other = openBy(row, secret, log);
    if (other === undefined) return false;
    try {
      return isSameKey(key, other);
    } finally {
      other.wipe();
    }
  });
}
