import type { Context, MiddlewareHandler } from 'hono';
import { createMiddleware } from 'hono/factory';
import type { AuditAction } from '../../shared/contract/audit.ts';
import { hasRole, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { isUuid } from '../http/read-query.ts';
import { VaultSealed } from './roots/root.ts';
import { VAULT_FAULTS } from './vault-answers.ts';
import type { VaultRouteParts } from './vault-parts.ts';

/** Who may change stored keys: admins and owners. Who tried and may not is written down. */
export function requireManager(audit: Audit, action: AuditAction): MiddlewareHandler<WhoVariables> {
  return createMiddleware<WhoVariables>(async (c, next) => {
    if (hasRole(c.var.who, 'admin')) return next();
    await audit.write(whoToEvent(c, { action, outcome: 'refused', subject: subjectOf(c) }));
    return failureResponse(c, VAULT_FAULTS.manage);
  });
}

/** Before anything else is looked at: that the root is the right one. Throws `VaultSealed`. */
export function whileOpen({ secrets }: VaultRouteParts): MiddlewareHandler<WhoVariables> {
  return createMiddleware<WhoVariables>(async (_, next) => {
    await secrets.ready();
    return next();
  });
}

/** What the root's own words say is for the operator, in the log. Throws what is none of its. */
export function answerSealed(
  error: unknown,
  c: Context<WhoVariables>,
  log: VaultRouteParts['log'],
): Response {
  if (!(error instanceof VaultSealed)) throw error;
  log.error('the vault is sealed', { repair: error.message });
  return failureResponse(c, VAULT_FAULTS.sealed);
}

function subjectOf(c: Context<WhoVariables>): string | null {
  const id = c.req.param('id');
  return id !== undefined && isUuid(id) ? id : null;
}
