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

export const handle = z.string().check(
  z.regex(HANDLE, { error: 'A handle has 2 to 39 lower-case letters, digits and single hyphens inside.' }),
  z.refine((name) => !RESERVED_HANDLES.has(name), { error: 'This handle is reserved. Choose another.' }),
);

export const MIN_PASSWORD_CHARS = 10;
export const MAX_PASSWORD_CHARS = 128;

export const ROLES = ['owner', 'admin', 'member'] as const;
export const role = z.enum(ROLES);
export type Role = z.infer<typeof role>;

/** What an API token may do: start hosted runs and watch them, read plans. Nothing else, whoever made it. */
export const TOKEN_SCOPES = ['runs:write', 'plans:read'] as const;
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
