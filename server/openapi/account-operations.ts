import * as z from 'zod/mini';
import {
  AUTH_BODIES,
  AUTH_READS,
  createdToken,
  createToken,
  me,
  sessionInfo,
  tokenInfo,
} from '../../shared/contract/account.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { renameWorkspace, workspace, workspaceList } from '../../shared/contract/workspaces.ts';
import { type Answer, json, type Operation } from './operation.ts';

const done = json('Done', z.object({ ok: z.literal(true) }));
/** better-auth's own words, which later versions may add to. */
const open = json('As better-auth answers', z.record(z.string(), z.unknown()));
const ANSWERS: Readonly<Record<string, Answer>> = {
  '/callback/github': { description: 'Back to the page' },
  '/organization/list': json('Workspaces', z.array(z.record(z.string(), z.unknown()))),
};

/** `sign-up/email` becomes `authSignUpEmail`. */
function nameOf(path: string): string {
  return `auth${path.replace(/[/-]([a-z])/g, (_, letter: string) => letter.toUpperCase())}`;
}

function summaryOf(path: string): string {
  const words = path.slice(1).replaceAll(/[/-]/g, ' ');
  return `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

const AUTH_OPERATIONS: readonly Operation[] = [
  ...Object.entries(AUTH_BODIES).map(
    ([path, body]): Operation => ({
      ...{ id: nameOf(path), method: 'post', path: `${ROUTES.auth}${path}`, tag: 'auth', needs: 'people' },
      summary: summaryOf(path),
      body,
      answers: { 200: path === '/sign-in/social' || path.startsWith('/organization/') ? open : done },
      failures: ['not_found', 'conflict', 'rate_limited'],
    }),
  ),
  ...AUTH_READS.map(
    (path): Operation => ({
      ...{ id: nameOf(path), method: 'get', path: `${ROUTES.auth}${path}`, tag: 'auth', needs: 'people' },
      summary: summaryOf(path),
      answers: { [path === '/callback/github' ? 302 : 200]: ANSWERS[path] ?? open },
      failures: ['not_found', 'rate_limited'],
    }),
  ),
];

export const ACCOUNT_OPERATIONS: readonly Operation[] = [
  ...AUTH_OPERATIONS,
  {
    ...{ id: 'getMe', method: 'get', path: ROUTES.me, tag: 'account', needs: 'session' },
    summary: 'Who is signed in, and the workspace that they act in',
    answers: { 200: json('You', me) },
  },
  {
    ...{ id: 'listSessions', method: 'get', path: ROUTES.sessions, tag: 'account', needs: 'session' },
    summary: 'The browsers in which you are signed in',
    answers: { 200: json('Sessions', z.object({ sessions: z.array(sessionInfo) })) },
  },
  {
    ...{ id: 'endSession', method: 'delete', path: ROUTES.session('{id}'), tag: 'account', needs: 'session' },
    summary: 'Signs a browser out',
    answers: { 204: { description: 'Signed out' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'listTokens', method: 'get', path: ROUTES.tokens, tag: 'account', needs: 'session' },
    summary: 'Your API tokens, without the tokens themselves',
    answers: { 200: json('Tokens', z.object({ tokens: z.array(tokenInfo) })) },
  },
  {
    ...{ id: 'createToken', method: 'post', path: ROUTES.tokens, tag: 'account', needs: 'session' },
    summary: 'Makes an API token, which is shown this once',
    body: createToken,
    answers: { 201: json('The token', createdToken) },
    failures: ['conflict'],
  },
  {
    ...{ id: 'revokeToken', method: 'delete', path: ROUTES.token('{id}'), tag: 'account', needs: 'session' },
    summary: 'Revokes an API token',
    answers: { 204: { description: 'Revoked' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'listWorkspaces', method: 'get', path: ROUTES.workspaces, tag: 'account', needs: 'session' },
    summary: 'The workspaces that you are in, and which one you act in',
    answers: { 200: json('Workspaces', workspaceList) },
  },
  {
    ...{
      id: 'getWorkspace',
      method: 'get',
      path: ROUTES.workspace('{id}'),
      tag: 'account',
      needs: 'session',
    },
    summary: 'A workspace with its members; for owners and admins with the invitations that wait',
    answers: { 200: json('The workspace', workspace) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'renameWorkspace', method: 'patch', path: ROUTES.workspace('{id}'), tag: 'account' },
    needs: 'session',
    summary: 'Renames a workspace; its name in addresses stays',
    body: renameWorkspace,
    answers: { 204: { description: 'Renamed' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'pauseWorkspace', method: 'post', path: ROUTES.workspacePause('{id}'), tag: 'account' },
    needs: 'session',
    summary: 'Pauses a workspace: its stored keys are destroyed, and nothing is run or published in it',
    answers: { 204: { description: 'Paused' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'resumeWorkspace', method: 'post', path: ROUTES.workspaceResume('{id}'), tag: 'account' },
    needs: 'session',
    summary: 'Ends a pause. Stored keys have to be added again',
    answers: { 204: { description: 'Resumed' } },
    failures: ['not_found'],
  },
  {
    ...{ id: 'deleteWorkspace', method: 'delete', path: ROUTES.workspace('{id}'), tag: 'account' },
    needs: 'session',
    summary:
      'Deletes a workspace for good. Plans, runs and publications go to the own workspaces of their owners',
    answers: { 204: { description: 'Deleted' } },
    failures: ['not_found', 'conflict'],
  },
];
