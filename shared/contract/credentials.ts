import * as z from 'zod/mini';

/**
 * Whose provider key a run is on: the user's own, which came with the request; one that their workspace has stored here; the operator's,
 * which this server has; none, at the built-in sandbox. It names the owner, never the key.
 */
export const credentials = z.enum(['user', 'stored', 'operator', 'none']);
export type Credentials = z.infer<typeof credentials>;

/** Those that a hosted run can be on: it has no request that could bring a key along. */
export const hostedCredentials = z.enum(['operator', 'stored', 'none'] satisfies Credentials[]);
export type HostedCredentials = z.infer<typeof hostedCredentials>;
