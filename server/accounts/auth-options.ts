import type { BetterAuthOptions } from 'better-auth';
import { APIError } from 'better-auth/api';
import { organization } from 'better-auth/plugins';
import { adminAc, memberAc, ownerAc } from 'better-auth/plugins/organization/access';
import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import {
  handle as handleShape,
  MAX_PASSWORD_CHARS,
  MIN_PASSWORD_CHARS,
} from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import type { Database } from '../storage/database.ts';
import { type BeforeDelete, clearAway, soleOwnerOf } from './delete-account.ts';
import { handleFor, isHandleFree } from './handles.ts';
import { makePersonalWorkspace } from './workspaces.ts';

/** Our front hands better-auth the address that limits count, so that no client can write it. */
export const ADDRESS_HEADER = 'x-oneturn-address';

const DAY_SECONDS = 86_400;

export interface AuthUser {
  readonly id: string;
  readonly handle: string;
}

export interface AuthOptions {
  readonly db: Kysely<Database>;
  readonly secret: string;
  /** `https://skills.example.com`, or what the server listens on. */
  readonly publicOrigin: string;
  /** False: the origin is only a guess, and the page may be opened under another name of this machine. */
  readonly originIsFixed: boolean;
  readonly github: { readonly clientId: string; readonly clientSecret: string } | undefined;
  /** `off` is for tests that sign up more people than one address is allowed to. */
  readonly rateLimits: 'on' | 'off';
  /** Run in this order before an account is deleted. */
  readonly beforeDelete: readonly BeforeDelete[];
  /** Told after the fact. */
  readonly onSignUp: (user: AuthUser) => void;
  readonly onSignIn: (userId: string) => void;
}

const userShape = z.object({ id: z.string(), handle: z.string() });

/** better-auth's options. A test compares our migrations with what its generator derives from them. */
export function authOptions(options: AuthOptions) {
  const { db, publicOrigin } = options;
  const isSecure = publicOrigin.startsWith('https://');
  return {
    appName: 'Oneturn',
    baseURL: publicOrigin,
    basePath: ROUTES.auth,
    secret: options.secret,
    database: { db, type: 'postgres', transaction: true },
    trustedOrigins: async (request) =>
      request === undefined ? [] : requestOrigins(request, options.originIsFixed),
    logger: { disabled: true },
    telemetry: { enabled: false },
    // where a sign-in through GitHub ends that failed, with `?error=`
    onAPIError: { errorURL: '/sign-in' },
    emailAndPassword: PASSWORDS,
    socialProviders: githubProvider(options),
    user: {
      modelName: 'users',
      additionalFields: { handle: { type: 'string', required: true, unique: true, input: true } },
      deleteUser: { enabled: true, beforeDelete: (user) => readyToDelete(options, user) },
    },
    session: SESSIONS,
    account: {
      modelName: 'accounts',
      encryptOAuthTokens: true,
      // e-mail addresses are not verified: whoever signed up first under someone's address would get into their account
      accountLinking: { enabled: false },
    },
    verification: { modelName: 'verifications' },
    rateLimit: { ...LIMITS, enabled: options.rateLimits === 'on' },
    databaseHooks: databaseHooks(options),
    advanced: requestRules(isSecure),
    plugins: [workspaces(db)],
  } satisfies BetterAuthOptions;
}

const PASSWORDS = {
  enabled: true,
  // with it better-auth answers a taken address like a free one; the page signs in by itself afterwards
  autoSignIn: false,
  minPasswordLength: MIN_PASSWORD_CHARS,
  maxPasswordLength: MAX_PASSWORD_CHARS,
};

const SESSIONS = {
  modelName: 'sessions',
  expiresIn: 30 * DAY_SECONDS,
  updateAge: DAY_SECONDS,
  freshAge: DAY_SECONDS / 24,
};

/** Requests of one address; fewer where a password could be guessed, or accounts be made by the dozen. */
const LIMITS = {
  storage: 'database' as const,
  modelName: 'rate_limits',
  window: 60,
  max: 120,
  customRules: {
    '/sign-in/email': { window: 60, max: 10 },
    '/sign-up/email': { window: 600, max: 10 },
    '/change-password': { window: 60, max: 5 },
    '/delete-user': { window: 60, max: 5 },
  },
};

/** Cookies, the checks against other sites' requests, and where the client's address stands. */
function requestRules(isSecure: boolean): NonNullable<BetterAuthOptions['advanced']> {
  return {
    // better-auth's own switch would prefix `__Secure-`, which a sibling subdomain may set
    useSecureCookies: false,
    cookiePrefix: isSecure ? '__Host-oneturn' : 'oneturn',
    defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
    disableCSRFCheck: false,
    disableOriginCheck: false,
    ipAddress: { ipAddressHeaders: [ADDRESS_HEADER], ipv6Subnet: 64 },
  };
}

function databaseHooks(options: AuthOptions): NonNullable<BetterAuthOptions['databaseHooks']> {
  return {
    user: {
      create: {
        before: async (user) => requireHandle(options.db, user),
        after: (user) => welcome(options, user),
      },
    },
    session: { create: { after: async (session) => options.onSignIn(session.userId) } },
  };
}

function workspaces(db: Kysely<Database>) {
  return organization({
    schema: {
      organization: { modelName: 'workspaces' },
      member: { modelName: 'members' },
      invitation: { modelName: 'invitations' },
    },
    roles: { owner: ownerAc, admin: adminAc, member: memberAc, viewer: memberAc },
    organizationLimit: 20,
    membershipLimit: 200,
    invitationExpiresIn: 7 * DAY_SECONDS,
    organizationHooks: {
      beforeCreateOrganization: async ({ organization: made }) => requireSlug(db, made.slug),
    },
  });
}

async function welcome({ db, onSignUp }: AuthOptions, user: object): Promise<void> {
  const made = userShape.parse(user);
  await makePersonalWorkspace(db, made);
  onSignUp(made);
}

/** A workspace that others use has to keep an owner. */
async function readyToDelete(
  { db, beforeDelete }: AuthOptions,
  user: { readonly id: string },
): Promise<void> {
  const slugs = await soleOwnerOf(db, user.id);
  if (slugs.length > 0) throw new APIError('CONFLICT', { code: 'SOLE_OWNER', message: slugs.join(', ') });
  await clearAway(db, userShape.parse(user), beforeDelete);
}

async function requireHandle(db: Kysely<Database>, user: object): Promise<void> {
  const parsed = z.safeParse(handleShape, Reflect.get(user, 'handle'));
  if (!parsed.success)
    throw new APIError('UNPROCESSABLE_ENTITY', {
      code: 'HANDLE_INVALID',
      message: parsed.error.issues[0]?.message ?? '',
    });
  if (!(await isHandleFree(db, parsed.data)))
    throw new APIError('CONFLICT', { code: 'HANDLE_TAKEN', message: parsed.data });
}

async function requireSlug(db: Kysely<Database>, slug: string | undefined): Promise<void> {
  if (slug === undefined || !(await isHandleFree(db, slug)))
    throw new APIError('CONFLICT', { code: 'HANDLE_TAKEN', message: slug ?? '' });
}

function githubProvider({ github, db }: AuthOptions): NonNullable<BetterAuthOptions['socialProviders']> {
  if (github === undefined) return {};
  return {
    github: {
      ...github,
      mapProfileToUser: async (profile) => ({ handle: await handleFor(db, profile.login) }),
    },
  };
}

/** Without a configured address the page is trusted under whatever name this machine was reached by. */
function requestOrigins(request: Request, originIsFixed: boolean): string[] {
  const host = request.headers.get('host');
  return originIsFixed || host === null ? [] : [`http://${host}`, `https://${host}`];
}
