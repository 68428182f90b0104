import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import type { Role } from '../../../shared/contract/account.ts';
import type { AuditAction } from '../../../shared/contract/audit.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { Envelope } from '../../../shared/contract/receipt.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { type KeyPolicy, POLICY_TYPE } from '../../../shared/contract/vault/key-policy.ts';
import { type FindWho, requireWho, type WhoVariables } from '../../access/who.ts';
import type { AuditDetail } from '../../audit/audit-chain.ts';
import type { Audit } from '../../audit/create-audit.ts';
import { whoToEvent } from '../../audit/who-to-event.ts';
import { failureResponse } from '../../http/failure-response.ts';
import type { Database } from '../../storage/database.ts';
import { onStorageError } from '../../storage/on-storage-error.ts';
import type { Log } from '../../telemetry/log.ts';
import { policyDocument } from './policy-document.ts';
import {
  addressOf,
  countKeys,
  keepPolicy,
  liftPolicy,
  policiesFor,
  toState,
  workspaceAt,
} from './policy-store.ts';
import { forbidKeys } from './set-policy.ts';

export interface PolicyParts {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly log: Log;
  readonly findWho: FindWho;
  /** What somebody is in a workspace; undefined: they are not in it, or there is none. */
  readonly roleIn: (userId: string, workspaceId: string) => Promise<Role | undefined>;
  readonly sign: (payloadType: string, document: object) => Envelope;
  /** `PUBLIC_URL`'s; undefined: none is set. */
  readonly publicOrigin: string | undefined;
}

const ID = /^[\w-]{1,64}$/;
const FILE = /^([\w-]{22})\.json$/;

const FAULTS = {
  unknown: { code: 'not_found', message: 'There is no such workspace here.' },
  owner: { code: 'forbidden', message: 'Only an owner of this workspace can do this. Ask one of them.' },
  unset: { code: 'conflict', message: 'The policy is not in force here, so that nothing can be lifted.' },
  unasked: {
    code: 'conflict',
    message:
      'Nobody asked for the end of the policy, or it has ended by now. Reload the page and look which.',
  },
  address: { code: 'not_found', message: 'There is no policy at this address.' },
} as const satisfies Record<string, Failure>;

/** The policy no-keys-at-rest, with or without a vault: people's part, and what anyone may read. */
export function createPolicyRoutes(parts: PolicyParts): Hono<WhoVariables> {
  const { db, audit, sign, publicOrigin } = parts;
  const app = new Hono<WhoVariables>();
  app.onError(onStorageError(parts.log));
  const person = requireWho(parts.findWho, 'session');

  app.get(ROUTES.keyPolicy(':id'), person, async (c) => {
    const role = await roleHere(c, parts);
    if (role === undefined) return failureResponse(c, FAULTS.unknown);
    return c.json<KeyPolicy>(await readPolicy(db, idOf(c), role === 'owner'));
  });
  app.put(ROUTES.keyPolicy(':id'), person, (c) =>
    asOwner(c, 'policy.set', parts, async () => {
      const { userId: actorId, handle } = c.var.who;
      const by = { workspaceId: idOf(c), actorId, handle, requestId: c.var.requestId ?? null };
      const done = await audit.transact((trx, record) => forbidKeys(trx, record, by));
      return done === undefined ? failureResponse(c, FAULTS.unknown) : c.json(done);
    }),
  );
  app.post(ROUTES.keyPolicyLift(':id'), person, (c) =>
    asOwner(c, 'policy.lift', parts, async () => {
      const liftsAt = await audit.transact(async (trx, record) => {
        const at = await liftPolicy(trx, idOf(c), c.var.who.handle);
        if (at) await record(event(c, 'policy.lift', 'ok', { liftsAt: at.toISOString() }));
        return at;
      });
      return liftsAt === undefined ? failureResponse(c, FAULTS.unset) : c.body(null, 204);
    }),
  );
  app.delete(ROUTES.keyPolicyLift(':id'), person, (c) =>
    asOwner(c, 'policy.keep', parts, async () => {
      const kept = await audit.transact(async (trx, record) => {
        const done = await keepPolicy(trx, idOf(c));
        if (done) await record(event(c, 'policy.keep', 'ok'));
        return done;
      });
      return kept ? c.body(null, 204) : failureResponse(c, FAULTS.unasked);
    }),
  );

  const origin = publicOrigin ?? null;
  app.get(ROUTES.serverPolicy, async (c) => c.json(sign(POLICY_TYPE, await policyDocument(db, origin))));
  app.get(ROUTES.workspacePolicy(':file'), async (c) => {
    const address = FILE.exec(c.req.param('file'))?.[1];
    const workspace = address === undefined ? undefined : await workspaceAt(db, address);
    if (workspace === undefined) return failureResponse(c, FAULTS.address);
    return c.json(sign(POLICY_TYPE, await policyDocument(db, origin, workspace)));
  });
  return app;
}

function idOf(c: Context<WhoVariables>): string {
  return c.req.param('id') ?? '';
}

async function roleHere(c: Context<WhoVariables>, { roleIn }: PolicyParts): Promise<Role | undefined> {
  const id = idOf(c);
  return ID.test(id) ? roleIn(c.var.who.userId, id) : undefined;
}

/** Into the log of the workspace that it is about, wherever they act just now. */
function event(
  c: Context<WhoVariables>,
  action: AuditAction,
  outcome: 'ok' | 'refused',
  detail: AuditDetail = {},
) {
  return { ...whoToEvent(c, { action, outcome, detail }), workspaceId: idOf(c) };
}

/** Members who are no owners are refused, and that is written down. */
async function asOwner(
  c: Context<WhoVariables>,
  action: AuditAction,
  parts: PolicyParts,
  work: () => Promise<Response>,
): Promise<Response> {
  const role = await roleHere(c, parts);
  if (role === undefined) return failureResponse(c, FAULTS.unknown);
  if (role === 'owner') return work();
  await parts.audit.write(event(c, action, 'refused'));
  return failureResponse(c, FAULTS.owner);
}

async function readPolicy(db: Kysely<Database>, id: string, canChange: boolean): Promise<KeyPolicy> {
  const [{ operator, own }, storedKeys, address] = await Promise.all([
    policiesFor(db, id),
    countKeys(db, id),
    canChange ? addressOf(db, id) : undefined,
  ]);
  return {
    ...toState(own),
    ...{ setBy: own?.set_by ?? null, liftedBy: own?.lifted_by ?? null },
    operator: toState(operator),
    inForce: operator !== undefined || own !== undefined,
    canChange,
    storedKeys,
    address: address === undefined ? null : ROUTES.workspacePolicy(`${address}.json`),
  };
}
