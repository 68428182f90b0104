import * as z from 'zod/mini';

/** A handle names a person or a workspace in addresses: 2 to 39 of a-z, 0-9 and single hyphens inside. */
export const HANDLE = /^(?=.{2,39}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** Words that are paths here, or that would let someone pose as the server. */
export const RESERVED_HANDLES: ReadonlySet<string> = new Set([
  ...[
    'about',
    'account',
    'accounts',
    'admin',
    'administrator',
    'api',
    'app',
    'assets',
    'audit',
    'auth',
    'b',
    'billing',
    'blog',
    'bundle',
    'bundles',
  ],
  ...[
    'compose',
    'config',
    'contact',
    'docs',
    'download',
    'explore',
    'favicon',
    'health',
    'healthz',
    'help',
    'home',
    'index',
    'intent',
    'jobs',
    'legal',
  ],
  ...[
    'login',
    'logout',
    'mail',
    'me',
    'metrics',
    'new',
    'null',
    'official',
    'oneturn',
    'owner',
    'plans',
    'privacy',
    'publish',
    'readyz',
    'register',
  ],
  ...[
    'registry',
    'root',
    'sandbox',
    'search',
    'security',
    'settings',
    'signin',
    'sign-in',
    'signup',
    'sign-up',
    'skill',
    'skills',
    'staff',
    'static',
  ],
  ...[
    'status',
    'support',
    'system',
    'team',
    'teams',
    'terms',
    'test',
    'tokens',
    'undefined',
    'user',
    'users',
    'v1',
    'v2',
    'well-known',
    'workspace',
    'workspaces',
    'www',
  ],
]);

/**
 * The public name of an account, as it stands in `/b/<handle>/<bundle>` and in the audit log. It can be a part of a URL as it is, and is
 * none of the names that routes or impostors would want.
 */
export const handle = z.string().check(
  z.regex(HANDLE, { error: 'A handle has 2 to 39 lower-case letters, digits and single hyphens inside.' }),
  z.refine((name) => !RESERVED_HANDLES.has(name), { error: 'This handle is reserved. Choose another.' }),
);

export const MIN_PASSWORD_CHARS = 10;
export const MAX_PASSWORD_CHARS = 128;

/** From the one that may do most to the one that may do least. A viewer reads, and does nothing in the workspace's name or for its money. */
export const ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** What an API token may do: start hosted runs and watch them, read plans, publish. Nothing else, whoever made it. */
export const TOKEN_SCOPES = ['runs:write', 'plans:read', 'publish'] as const;
export const tokenScope = z.enum(TOKEN_SCOPES);
export type TokenScope = z.infer<typeof tokenScope>;

/** Who is signed in, and the workspace that they act in. */
export const me = z.object({
  handle: z.string(),
  name: z.string(),
  email: z.string(),
  workspace: z.object({ id: z.string(), name: z.string(), slug: z.string(), role }),
});
export type Me = z.infer<typeof me>;

/**
 * An API token as its owner sees it in the list. The token itself is shown once, by `createdToken`, and only its hash is stored. Times are
 * ISO 8601 in UTC; `expiresAt` is null for one that works until it is revoked.
 */
export const tokenInfo = z.object({
  id: z.string(),
  name: z.string(),
  /** The token's last four characters, to tell it from others. */
  lastFour: z.string(),
  scopes: z.array(tokenScope),
  createdAt: z.string(),
  expiresAt: z.nullable(z.string()),
  lastUsedAt: z.nullable(z.string()),
});
export type TokenInfo = z.infer<typeof tokenInfo>;

export const MAX_TOKEN_DAYS = 366;

/** The body of `POST /v1/tokens`. */
export const createToken = z.strictObject({
  name: z.string().check(z.trim(), z.minLength(1), z.maxLength(80)),
  scopes: z.array(tokenScope).check(z.minLength(1), z.maxLength(TOKEN_SCOPES.length)),
  /** Null: it works until it is revoked. */
  expiresInDays: z.nullable(z.int().check(z.gte(1), z.lte(MAX_TOKEN_DAYS))),
});
export type CreateToken = z.infer<typeof createToken>;

/** The one answer that has the token itself. */
export const createdToken = z.object({ token: z.string(), info: tokenInfo });
export type CreatedToken = z.infer<typeof createdToken>;

/** One signed-in browser. */
export const sessionInfo = z.object({
  id: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  userAgent: z.nullable(z.string()),
  /** The address it was begun from; of IPv6 the /64. */
  address: z.nullable(z.string()),
  current: z.boolean(),
});
export type SessionInfo = z.infer<typeof sessionInfo>;

const email = z
  .string()
  .check(
    z.maxLength(254),
    z.regex(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, { error: 'This is not an e-mail address.' }),
  );
const newPassword = z
  .string()
  .check(
    z.minLength(MIN_PASSWORD_CHARS, { error: `A password has at least ${MIN_PASSWORD_CHARS} characters.` }),
    z.maxLength(MAX_PASSWORD_CHARS, { error: `A password has at most ${MAX_PASSWORD_CHARS} characters.` }),
  );
const password = z.string().check(z.minLength(1), z.maxLength(MAX_PASSWORD_CHARS));
/** A path of this server: nobody can be led elsewhere after signing in. */
const path = z
  .string()
  .check(
    z.maxLength(500),
    z.regex(/^\/(?![/\\])[\w\-./?=&%]*$/, { error: 'This must be a path of this server.' }),
  );
const id = z.string().check(z.regex(/^[\w-]{1,64}$/));
const workspaceName = z.string().check(z.trim(), z.minLength(1), z.maxLength(80));

/** The bodies of `POST /v1/auth/…`, by the path after it. Paths that are not listed here are closed. */
export const AUTH_BODIES = {
  '/sign-up/email': z.strictObject({
    email,
    password: newPassword,
    handle,
    name: z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(80))),
  }),
  '/sign-in/email': z.strictObject({ email, password, rememberMe: z.optional(z.boolean()) }),
  '/sign-in/social': z.strictObject({
    provider: z.literal('github'),
    callbackURL: path,
    errorCallbackURL: z.optional(path),
  }),
  '/sign-out': z.strictObject({}),
  '/change-password': z.strictObject({
    currentPassword: password,
    newPassword,
    revokeOtherSessions: z.optional(z.boolean()),
  }),
  /** Deletes the account's plans and tokens too. Without a password it works only shortly after signing in, for accounts that have none. */
  '/delete-user': z.strictObject({ password: z.optional(password) }),
  '/organization/create': z.strictObject({ name: workspaceName, slug: handle }),
  '/organization/set-active': z.strictObject({ organizationId: id }),
  '/organization/invite-member': z.strictObject({ organizationId: id, email, role }),
  '/organization/cancel-invitation': z.strictObject({ invitationId: id }),
  '/organization/accept-invitation': z.strictObject({ invitationId: id }),
  '/organization/reject-invitation': z.strictObject({ invitationId: id }),
  '/organization/remove-member': z.strictObject({
    organizationId: id,
    memberIdOrEmail: z.string().check(z.maxLength(254)),
  }),
  '/organization/update-member-role': z.strictObject({ organizationId: id, memberId: id, role }),
  '/organization/leave': z.strictObject({ organizationId: id }),
} as const;
export type AuthPath = keyof typeof AUTH_BODIES;

/** The paths of `GET /v1/auth/…` that are open; all others are closed. */
export const AUTH_READS = [
  '/callback/github',
  '/organization/list',
  '/organization/get-full-organization',
  '/organization/get-invitation',
] as const;
