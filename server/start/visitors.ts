import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Who } from '../access/who.ts';
import type { AppParts } from '../app.ts';
import type { Config } from '../config/config.ts';
import { clientBucket } from '../http/client-address.ts';
import { storageFields } from '../storage/storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import type { AccountParts } from './start-accounts.ts';

/** The address that rate limits count: the client's, as far as the operator's proxies are trusted to name it. */
export function addressOfClient({ trustedProxies }: Config): (c: Context) => string {
  return (c) => {
    // as: served by node, so that every context has its message
    const { incoming } = c.env as HttpBindings;
    return clientBucket(incoming.socket.remoteAddress, c.req.header('x-forwarded-for'), trustedProxies);
  };
}

export interface VisitorParts {
  /** Undefined: this server has none. */
  readonly accounts: AccountParts | undefined;
  readonly addressOf: (c: Context) => string;
  readonly log: Log;
}

/** Who is signed in, for routes that need no account: a run on the user's own key works while the database is away. */
export function createVisitors({
  accounts,
  addressOf,
  log,
}: VisitorParts): Pick<AppParts, 'me' | 'visitor' | 'audit'> {
  /** null: nobody is signed in; undefined: the database is away. */
  const lookUp = async (c: Context): Promise<Who | null | undefined> => {
    try {
      return (await accounts?.findWho(c.req.raw.headers)) ?? null;
    } catch (error) {
      log.warn('nobody could be looked up', storageFields(error));
      return undefined;
    }
  };
  return {
    me: async (c) => {
      const who = await lookUp(c);
      return who && { handle: who.handle };
    },
    visitor: async (c) => {
      const who = await lookUp(c);
      const counted = [addressOf(c), ...(who ? [`account ${who.userId}`] : [])];
      return { counted, workspaceId: who?.workspaceId };
    },
    audit: async (c, { outcome, provider, model, credentials, runId, requestId }) => {
      const who = await lookUp(c);
      if (!who) return 0;
      const { workspaceId, userId: actorId, handle } = who;
      accounts?.audit.writeSoon({
        workspaceId,
        actorId,
        handle,
        action: 'compose.byo',
        outcome: outcome === 'done' ? 'ok' : outcome,
        provider,
        model,
        requestId,
        detail: { credentials, run: runId },
      });
      return 1;
    },
  };
}
