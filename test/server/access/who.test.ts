import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { hasRole, type Need, requireWho, type Who, type WhoVariables } from '../../../server/access/who.ts';
import { ROLES, type Role } from '../../../shared/contract/account.ts';
import { failureBody } from '../../../shared/contract/failure.ts';

const person: Who = {
  userId: 'u',
  handle: 'ada',
  workspaceId: 'w',
  role: 'member',
  isPaused: false,
  via: 'session',
  scopes: 'all',
};

/** The status and, for a refusal, its message. */
async function ask(
  who: Who | null,
  need: Need,
  least?: Role,
  headers: Record<string, string> = {},
): Promise<string> {
  const app = new Hono<WhoVariables>();
  app.get(
    '/',
    requireWho(async () => who, need, least),
    (c) => c.text(c.var.who.handle),
  );
  const response = await app.request('/', { headers });
  if (response.status === 200) return `200 ${await response.text()}`;
  return `${response.status} ${failureBody.parse(await response.json()).error.message}`;
}

describe('requireWho', () => {
  it('lets a role and every higher one through, and no lower one', async () => {
    for (const least of ROLES) {
      for (const role of ROLES) {
        const answer = await ask({ ...person, role }, 'session', least);
        const rank = { owner: 3, admin: 2, member: 1, viewer: 0 };
        const passes = rank[role] >= rank[least];
        expect(answer, `${role} where ${least} is needed`).toMatch(passes ? /^200 ada$/ : /^403 Only an? /);
      }
    }
  });

  it('asks for a viewer where nothing is said', async () => {
    expect(await ask({ ...person, role: 'viewer' }, 'session')).toBe('200 ada');
  });

  it('lets a paused workspace be read, and nothing be done for it, whoever asks', async () => {
    for (const role of ROLES) {
      const who: Who = { ...person, role, isPaused: true };
      expect(await ask(who, 'session')).toBe('200 ada');
      expect(await ask({ ...who, via: 'token', scopes: ['publish'] }, 'publish', 'member')).toMatch(
        role === 'viewer' ? /^403 Only a member/ : /^403 This workspace is paused/,
      );
    }
  });

  it('holds a token to its scopes and to the role of who made it', async () => {
    const token: Who = { ...person, via: 'token', scopes: ['plans:read'] };
    expect(await ask(token, 'plans:read')).toBe('200 ada');
    expect(await ask(token, 'runs:write')).toContain('lacks the scope runs:write');
    expect(await ask(token, 'session')).toContain('An API token cannot do this');
    expect(await ask(token, 'plans:read', 'admin')).toBe(
      '403 Only an admin or owner of this workspace can do this. Ask one of them, or work in your own: Settings, Workspaces.',
    );
    expect(await ask({ ...token, role: 'admin' }, 'plans:read', 'admin')).toBe('200 ada');
  });

  it('tells somebody with a token that it does not work, and somebody with nothing to sign in', async () => {
    expect(await ask(null, 'session', 'owner')).toBe('401 Sign in first.');
    expect(await ask(null, 'session', 'owner', { authorization: 'Bearer x' })).toMatch(/^401 This API token/);
  });
});

it('knows a role as such', () => {
  expect(ROLES.map((role) => hasRole({ role }, 'admin'))).toEqual([true, true, false, false]);
});
