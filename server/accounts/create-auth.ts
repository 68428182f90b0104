import { betterAuth } from 'better-auth';
import { type Kysely, sql } from 'kysely';
import type { Database } from '../storage/database.ts';
import { type AuthOptions, type AuthUser, authOptions } from './auth-options.ts';

export type Auth = Readonly<ReturnType<typeof createAuth>>;

export function createAuth(options: AuthOptions) {
  const auth = betterAuth(authOptions(options));
  return {
    handle: async (request: Request): Promise<Response> => {
      const response = await auth.handler(request);
      if (response.status >= 500) await requireDatabase(options.db);
      return response;
    },
    /** The session of a signed cookie, as the database has it now. `refresh` also gives the headers that renew the cookie. */
    session: async (headers: Headers, refresh: boolean): Promise<AuthSession | undefined> => {
      const find = () =>
        auth.api.getSession({ headers, query: { disableRefresh: !refresh }, returnHeaders: true });
      const found = await find().catch(async () => {
        await requireDatabase(options.db);
        // The database may be back by now: one that was killed takes a moment, and reading again is harmless.
        return find();
      });
      if (found.response === null) return undefined;
      const { session, user } = found.response;
      return {
        sessionId: session.id,
        chosenWorkspace: session.activeOrganizationId ?? null,
        user: { id: user.id, handle: user.handle, name: user.name, email: user.email },
        cookies: found.headers.getSetCookie(),
      };
    },
  };
}

export interface AuthSession {
  readonly sessionId: string;
  readonly chosenWorkspace: string | null;
  readonly user: AuthUser & { readonly name: string; readonly email: string };
  readonly cookies: readonly string[];
}

/** better-auth answers 500 whatever broke. This throws the database's own error when it is away. */
async function requireDatabase(db: Kysely<Database>): Promise<void> {
  await sql`select 1`.execute(db);
}
