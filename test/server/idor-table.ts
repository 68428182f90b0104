import type { TokenScope } from '../../shared/contract/account.ts';
import { STORED_KEY_ENTRIES } from './idor-stored-keys.ts';
import { finishedPlan } from './plans/plan-fixture.ts';
import { publishWork } from './registry/publish-work.ts';

/** What each route asks for, whose object it names, and what that object's owner is answered. */

export type Kind =
  | 'plan'
  | 'deleted plan'
  | 'run'
  | 'ended run'
  | 'token'
  | 'session'
  | 'signing key'
  | 'publish draft'
  | 'bundle'
  | 'try link'
  | 'stored key'
  | 'workspace';

export interface Entry {
  /**
   * `auth`: open to people and never to tokens; what it does depends on the credentials that come along. `account`: the same for those who are
   * signed in; what people are told of others' workspaces stands further down.
   */
  readonly need: 'public' | 'auth' | 'account' | 'session' | TokenScope;
  /** The owner's; without an object everyone's who may ask at all. */
  readonly status: number;
  readonly object?: Kind;
  /** The owner's answer has something secret in it, so that a leak would be seen in an outsider's. */
  readonly shows?: true;
  /** For admins and owners: whoever else is in the workspace is refused before anything is looked up. */
  readonly manages?: true;
  readonly queries?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: () => unknown;
}

const goal = 'Turn merged pull requests into weekly release notes';
/** A body that no route takes: whether it comes to be read is what counts. */
const nonsense = (): unknown => ({ nonsense: true });
const auth: Entry = { need: 'auth', status: 422, body: nonsense };

export const ENTRIES: Readonly<Record<string, Entry>> = {
  'GET /v1/config': { need: 'public', status: 200 },
  'GET /v1/openapi.json': { need: 'public', status: 200 },
  'POST /v1/intent/byo': auth,
  'POST /v1/intent/byo/check': auth,
  // open to whoever knows the run's random id, which its starter alone made up
  'GET /v1/intent/byo/:run/receipt': { need: 'public', status: 404 },
  // the same: a plan that waits belongs to whoever knows the id of its run
  'POST /v1/intent/byo/:run/plan': { need: 'public', status: 404, body: () => ({ touch: true }) },
  'GET /healthz': { need: 'public', status: 200 },
  'GET /readyz': { need: 'public', status: 200 },
  'GET /metrics': { need: 'public', status: 200 },

  'POST /v1/intent': { need: 'runs:write', status: 202, body: () => ({ goal }) },
  'GET /v1/intent': { need: 'runs:write', status: 200, shows: true },
  'GET /v1/intent/:id': { need: 'runs:write', status: 200, object: 'run', shows: true },
  'DELETE /v1/intent/:id': { need: 'runs:write', status: 202, object: 'run', shows: true },
  'GET /v1/intent/:id/events': { need: 'runs:write', status: 200, object: 'ended run' },

  'GET /v1/plans': { need: 'plans:read', status: 200, shows: true, queries: ['', '?q=board', '?limit=100'] },
  'POST /v1/plans': { need: 'session', status: 201, body: () => finishedPlan({ goal }) },
  'GET /v1/plans/:id': { need: 'plans:read', status: 200, object: 'plan', shows: true },
  'PATCH /v1/plans/:id': {
    need: 'session',
    status: 200,
    object: 'plan',
    headers: { 'if-match': '"1"' },
    body: () => ({ title: 'Mine' }),
  },
  'POST /v1/plans/:id/copy': { need: 'session', status: 201, object: 'plan', shows: true },
  'DELETE /v1/plans/:id': { need: 'session', status: 200, object: 'plan' },
  'POST /v1/plans/:id/restore': { need: 'session', status: 200, object: 'deleted plan', shows: true },
  'GET /v1/plans/:id/export': {
    ...{ need: 'plans:read', status: 200, object: 'plan' },
    queries: ['', '?format=zip', '?format=markdown', '?format=json'],
  },

  'GET /v1/me': { need: 'session', status: 200 },
  'GET /v1/sessions': { need: 'session', status: 200 },
  'DELETE /v1/sessions/:id': { need: 'session', status: 204, object: 'session' },
  'GET /v1/tokens': { need: 'session', status: 200 },
  'POST /v1/tokens': {
    ...{ need: 'session', status: 201 },
    body: () => ({ name: 'another', scopes: ['plans:read'], expiresInDays: 1 }),
  },
  'DELETE /v1/tokens/:id': { need: 'session', status: 204, object: 'token' },
  'GET /v1/workspaces': { need: 'session', status: 200 },
  'GET /v1/workspaces/:id': { need: 'session', status: 200, object: 'workspace', shows: true },
  'PATCH /v1/workspaces/:id': {
    ...{ need: 'session', status: 204, object: 'workspace' },
    body: () => ({ name: 'Ours' }),
  },
  'POST /v1/workspaces/:id/pause': { need: 'session', status: 204, object: 'workspace' },
  'POST /v1/workspaces/:id/resume': { need: 'session', status: 204, object: 'workspace' },
  'DELETE /v1/workspaces/:id': { need: 'session', status: 204, object: 'workspace' },
  'GET /v1/workspaces/:id/key-policy': { need: 'session', status: 200, object: 'workspace' },
  'PUT /v1/workspaces/:id/key-policy': { need: 'session', status: 200, object: 'workspace' },
  // not in force in one that was just made
  'POST /v1/workspaces/:id/key-policy/lift': { need: 'session', status: 409, object: 'workspace' },
  'DELETE /v1/workspaces/:id/key-policy/lift': { need: 'session', status: 409, object: 'workspace' },
  'GET /v1/audit': {
    ...{ need: 'session', status: 200, shows: true },
    queries: ['', '?format=csv', '?handle=the-owner', '?action=plan.save'],
  },

  ...STORED_KEY_ENTRIES,

  'GET /v1/publish-drafts': { need: 'session', status: 200, shows: true },
  'GET /v1/publish-drafts/:plan': { need: 'session', status: 200, object: 'publish draft', shows: true },
  'PUT /v1/publish-drafts/:plan': {
    ...{ need: 'session', status: 200, object: 'publish draft' },
    headers: { 'if-match': '"1"' },
    body: () => publishWork({ name: 'mine' }),
  },
  'DELETE /v1/publish-drafts/:plan': { need: 'session', status: 204, object: 'publish draft' },
  'POST /v1/imports': { need: 'session', status: 422, body: nonsense },
  'GET /v1/plans/:id/try-links': { need: 'session', status: 200, object: 'plan' },
  'POST /v1/plans/:id/try-links': {
    ...{ need: 'session', status: 201, object: 'plan' },
    body: () => ({ hours: 1 }),
  },
  'DELETE /v1/try-links/:id': { need: 'session', status: 204, object: 'try link' },
  // what it is asked about comes with the request: there is nobody's object in it
  'POST /v1/critiques': { need: 'publish', status: 422, body: nonsense },
  'POST /v1/bundles': { need: 'publish', status: 422, body: nonsense },
  'GET /v1/bundles': {
    need: 'public',
    status: 200,
    queries: ['', '?q=board', '?limit=100', '?category=other'],
  },
  'GET /v1/bundles/:owner/:name': { need: 'public', status: 404 },
  'PATCH /v1/bundles/:owner/:name': {
    ...{ need: 'publish', status: 200, object: 'bundle' },
    body: () => ({ hidden: true }),
  },
  'POST /v1/bundles/:owner/:name/transfer': {
    ...{ need: 'session', status: 200, object: 'bundle' },
    body: () => ({ workspace: 'the-owner' }),
  },
  'GET /v1/bundles/:owner/:name/archive': { need: 'public', status: 404 },
  'GET /v1/skills/:owner/:name': { need: 'public', status: 404 },
  'POST /v1/skills/:owner/:name/reports': {
    ...{ need: 'public', status: 404 },
    body: () => ({ version: '1.0.0', cause: 'other', note: 'Nothing that is here.' }),
  },
  'GET /v1/archives/:file': { need: 'public', status: 404 },
  'GET /v1/signing-keys': { need: 'session', status: 200 },
  'POST /v1/signing-keys': { need: 'session', status: 422, body: nonsense },
  'DELETE /v1/signing-keys/:id': { need: 'session', status: 200, object: 'signing key' },
  'GET /.well-known/oneturn-policy.json': { need: 'public', status: 200 },
  // open to whoever has the unguessable address, which its owners see alone
  'GET /.well-known/oneturn-policy/:file': { need: 'public', status: 404 },
  'GET /.well-known/skill-keys/:file': { need: 'public', status: 404 },
  'GET /api/search': { need: 'public', status: 200, queries: ['?q=board'] },
  'GET /.well-known/clawhub.json': { need: 'public', status: 200 },
  'GET /.well-known/clawdhub.json': { need: 'public', status: 200 },
  'GET /api/v1/search': { need: 'public', status: 200, queries: ['?q=board'] },
  'GET /api/v1/skills': { need: 'public', status: 200 },
  'GET /api/v1/skills/:slug': { need: 'public', status: 404 },
  'GET /api/v1/skills/:slug/versions/:version': { need: 'public', status: 404 },
  'GET /api/v1/resolve': { need: 'public', status: 404, queries: ['?slug=none'] },
  'GET /api/v1/download': { need: 'public', status: 404, queries: ['?slug=none'] },
  'GET /marketplace.json': { need: 'public', status: 200 },
  'GET /b/:owner/:bundle/marketplace.json': { need: 'public', status: 404 },
  'GET /npm/:package': { need: 'public', status: 404 },
  'GET /npm/:scope/:name/-/:file': { need: 'public', status: 404 },
  'GET /.well-known/agent-skills/index.json': { need: 'public', status: 200 },
  'GET /.well-known/skills/index.json': { need: 'public', status: 200 },
  'GET /.well-known/skills/:name/:path{.+}': { need: 'public', status: 404 },
  'GET /b/:owner/:bundle/.well-known/agent-skills/index.json': { need: 'public', status: 404 },
  'GET /b/:owner/:bundle/.well-known/skills/index.json': { need: 'public', status: 404 },
  'GET /b/:owner/:bundle/.well-known/skills/:name/:path{.+}': { need: 'public', status: 404 },
  'GET /s/:owner/:skill/.well-known/agent-skills/index.json': { need: 'public', status: 404 },
  'GET /s/:owner/:skill/.well-known/skills/index.json': { need: 'public', status: 404 },
  'GET /s/:owner/:skill/.well-known/skills/:name/:path{.+}': { need: 'public', status: 404 },
  // open to whoever has the secret in their address; behind the root's indexes, which are gone for a moment for whoever asked for no link
  'GET /try/:secret': { need: 'public', status: 404 },
  'GET /try/:secret/.well-known/agent-skills/index.json': { need: 'public', status: 404 },
  'GET /try/:secret/.well-known/skills/index.json': { need: 'public', status: 404 },
  'GET /try/:secret/.well-known/skills/:name/:path{.+}': { need: 'public', status: 404 },
  'GET /try/:secret/archives/:file': { need: 'public', status: 404 },

  'POST /v1/auth/sign-up/email': auth,
  'POST /v1/auth/sign-in/email': auth,
  'POST /v1/auth/sign-in/social': auth,
  'POST /v1/auth/sign-out': auth,
  'POST /v1/auth/change-password': auth,
  'POST /v1/auth/delete-user': auth,
  'POST /v1/auth/organization/create': auth,
  'POST /v1/auth/organization/set-active': auth,
  'POST /v1/auth/organization/invite-member': auth,
  'POST /v1/auth/organization/cancel-invitation': auth,
  'POST /v1/auth/organization/accept-invitation': auth,
  'POST /v1/auth/organization/reject-invitation': auth,
  'POST /v1/auth/organization/remove-member': auth,
  'POST /v1/auth/organization/update-member-role': auth,
  'POST /v1/auth/organization/leave': auth,
  'GET /v1/auth/callback/github': { need: 'auth', status: 302 },
  'GET /v1/auth/organization/list': { need: 'account', status: 200 },
  'GET /v1/auth/organization/get-full-organization': { need: 'account', status: 200 },
  'GET /v1/auth/organization/get-invitation': { need: 'account', status: 404, queries: ['?id=unknown'] },
};

export type SharedKind = 'workspace' | 'invitation';

export interface WorkspaceEntry {
  readonly request: string;
  readonly object: SharedKind;
  readonly body?: (id: string, memberId: string) => unknown;
  /** Where an id stands in the address. */
  readonly query?: (id: string) => string;
}

/** What names a workspace, or an invitation into one; who is in it may. */
export const WORKSPACE_ENTRIES: readonly WorkspaceEntry[] = [
  { request: 'GET get-full-organization', object: 'workspace', query: (id) => `?organizationId=${id}` },
  { request: 'GET get-invitation', object: 'invitation', query: (id) => `?id=${id}` },
  { request: 'POST set-active', object: 'workspace', body: (organizationId) => ({ organizationId }) },
  {
    ...{ request: 'POST invite-member', object: 'workspace' },
    body: (organizationId) => ({ organizationId, email: 'friend@example.com', role: 'owner' }),
  },
  {
    ...{ request: 'POST remove-member', object: 'workspace' },
    body: (organizationId) => ({ organizationId, memberIdOrEmail: 'mate@example.com' }),
  },
  {
    ...{ request: 'POST update-member-role', object: 'workspace' },
    body: (organizationId, memberId) => ({ organizationId, memberId, role: 'owner' }),
  },
  { request: 'POST leave', object: 'workspace', body: (organizationId) => ({ organizationId }) },
  { request: 'POST cancel-invitation', object: 'invitation', body: (invitationId) => ({ invitationId }) },
  { request: 'POST accept-invitation', object: 'invitation', body: (invitationId) => ({ invitationId }) },
  { request: 'POST reject-invitation', object: 'invitation', body: (invitationId) => ({ invitationId }) },
];
