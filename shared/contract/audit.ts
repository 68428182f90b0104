import * as z from 'zod/mini';

/** Every act that is written to the audit log, named `<thing>.<act>`. */
export const AUDIT_ACTIONS = [
  ...([
    'account.sign-up',
    'account.sign-in',
    'account.sign-out',
    'account.password',
    'account.delete',
    'session.end',
  ] as const),
  ...(['token.create', 'token.revoke'] as const),
  ...(['workspace.create', 'workspace.change', 'workspace.member'] as const),
  ...(['workspace.pause', 'workspace.resume', 'workspace.delete'] as const),
  ...(['plan.save', 'plan.edit', 'plan.duplicate', 'plan.delete', 'plan.restore', 'plan.export'] as const),
  /** A run on a key that the user pasted; nothing of the key is in it. */
  'compose.byo',
  ...(['signing-key.register', 'signing-key.revoke', 'bundle.publish', 'bundle.change'] as const),
  'bundle.transfer',
  ...(['try-link.create', 'try-link.revoke'] as const),
  ...(['skill.report', 'skill.take-down', 'skill.restore', 'bundle.take-down', 'bundle.restore'] as const),
  ...(['run.start', 'run.end', 'run.cancel'] as const),
  /** A stored key: what is done with it, and each time that it is opened for a call. */
  ...([
    'vault.key-add',
    'vault.key-default',
    'vault.key-test',
    'vault.key-delete',
    'vault.key-revoke',
    'vault.key-leak',
    'vault.rules',
  ] as const),
  ...(['vault.key-open', 'vault.key-close'] as const),
  /** The policy no-keys-at-rest: set, its end asked for, that taken back, and its end. */
  ...(['policy.set', 'policy.lift', 'policy.keep', 'policy.end'] as const),
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/**
 * How the act ended. `refused`: the server did not allow it, for example a sign-in with a wrong password; `failed`: it was allowed and
 * went wrong.
 */
export const auditOutcome = z.enum(['ok', 'failed', 'cancelled', 'refused']);
export type AuditOutcome = z.infer<typeof auditOutcome>;

/**
 * A line of the audit log. Null wherever the act has none, such as `provider` outside runs. `at` is ISO 8601 in UTC. `action` and `outcome`
 * are open strings, so that a page can read the entries of a newer server.
 */
export const auditEntry = z.object({
  /** Counts up by one in each workspace. */
  seq: z.number(),
  at: z.string(),
  handle: z.nullable(z.string()),
  action: z.string(),
  outcome: z.string(),
  /** The id of the plan, token or run that it is about. */
  subject: z.nullable(z.string()),
  provider: z.nullable(z.string()),
  model: z.nullable(z.string()),
  requestId: z.nullable(z.string()),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Hex; each entry's hash covers the one before. */
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** `next` is the `before` of the next page; null: this was the last. */
export const auditPage = z.object({ entries: z.array(auditEntry), next: z.nullable(z.number()) });
export type AuditPage = z.infer<typeof auditPage>;
