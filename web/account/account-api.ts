import type { QueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { type AUTH_BODIES, type Me, me } from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { setMe } from '../config/server-config.ts';
import { CallFailed, call, callJson } from '../http/call.ts';
import { ACCOUNT_QUERY, becomeNobody } from './me.ts';

/** What the contract takes as a path of this server; nobody can be led elsewhere after signing in. */
const OWN_PATH = /^\/(?![/\\])[\w\-./?=&%]*$/;
/** Where people go after signing in without another destination: to what the account keeps. */
const SIGNED_IN_PAGE = '/me/plans';

type Body<Path extends keyof typeof AUTH_BODIES> = z.infer<(typeof AUTH_BODIES)[Path]>;

/** Who is signed in. Rejects with `CallFailed` and code `unauthenticated` when nobody is. */
export const fetchMe = (signal?: AbortSignal): Promise<Me> =>
  callJson(me, ROUTES.me, signal ? { signal } : {});

/** Signs in and makes all queries of the account fresh. Rejects with `CallFailed` on wrong credentials. */
export async function signIn(client: QueryClient, body: Body<'/sign-in/email'>): Promise<void> {
  await call(`${ROUTES.auth}/sign-in/email`, { method: 'POST', body });
  await becomeKnown(client);
}

/**
 * Makes an account and signs in with it. An address that is taken is refused like a wrong password, so that nobody learns whose there are.
 */
export async function signUp(client: QueryClient, body: Body<'/sign-up/email'>): Promise<void> {
  await call(`${ROUTES.auth}/sign-up/email`, { method: 'POST', body });
  // The server answers an address that has an account like a new one, so that nobody learns whose there are.
  await signIn(client, { email: body.email, password: body.password }).catch((error: unknown) => {
    if (!(error instanceof CallFailed) || error.failure.code !== 'unauthenticated') throw error;
    const message = 'That did not work. If you have an account with this address already, sign in instead.';
    throw new CallFailed({ ...error.failure, message });
  });
}

/** Ends the session and drops everything that this tab knows of the account. */
export async function signOut(client: QueryClient): Promise<void> {
  await call(`${ROUTES.auth}/sign-out`, { method: 'POST', body: {} });
  becomeNobody(client);
}

/** Leaves for GitHub, which comes back to `path`, with `?error=` when it did not go well. */
export async function leaveForGithub(path: string): Promise<void> {
  const next = pathOrHome(path);
  const body = {
    provider: 'github',
    callbackURL: next,
    errorCallbackURL: `/sign-in?next=${encodeURIComponent(next)}`,
  };
  const { url } = await callJson(
    z.object({ url: z.string().check(z.startsWith('https://')) }),
    `${ROUTES.auth}/sign-in/social`,
    {
      method: 'POST',
      body,
    },
  );
  location.assign(url);
}

async function becomeKnown(client: QueryClient): Promise<void> {
  const { handle } = await fetchMe();
  setMe(client, { handle });
  // Answers that were fetched as nobody, or as somebody else.
  client.removeQueries({ queryKey: ACCOUNT_QUERY, type: 'inactive' });
  await client.invalidateQueries({ queryKey: ACCOUNT_QUERY });
}

/** The page to go to after signing in: a path of this site, else the home page, so that a link cannot lead elsewhere. */
export function pathOrHome(path: string | null): string {
  return path !== null && path.length <= 400 && OWN_PATH.test(path) ? path : SIGNED_IN_PAGE;
}
