import { ROUTES } from '../../../../shared/contract/routes.ts';
import { MAX_BODY_BYTES } from '../../../../shared/contract/run-limits.ts';
import { BODY } from './raw-run.ts';

/** A request as it is written to the socket. */
export interface Asked {
  readonly method?: string;
  readonly path: string;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A response of every kind that this server gives, with the status that proves it. */
export const EVERY: readonly (readonly [string, number, Asked])[] = [
  ['the page', 200, { path: '/compose' }],
  ['the page at its root', 200, { path: '/' }],
  ['the page’s head', 200, { method: 'HEAD', path: '/compose' }],
  ['an asset', 200, { path: '/assets/page-1a2b.js' }],
  ['an icon', 200, { path: '/icon.svg' }],
  ['an asset that is not there', 404, { path: '/assets/page-9z.js' }],
  ['a file that is not there', 404, { path: '/nothing.txt' }],
  ['a path out of the folder', 404, { path: '/assets/..%2f..%2fetc%2fpasswd' }],
  ['an unknown route', 404, { path: '/v1/nothing' }],
  ['the configuration', 200, { path: ROUTES.config }],
  ['a receipt that is not there', 404, { path: ROUTES.byoReceipt('r'.repeat(22)) }],
  ['health', 200, { path: ROUTES.health }],
  ['readiness', 200, { path: ROUTES.ready }],
  ['metrics', 200, { path: ROUTES.metrics }],
  ['a run by GET', 404, { path: '/v1/intent/byo/' }],
  ['a method that nobody has', 404, { method: 'DELETE', path: ROUTES.byo }],
  ['a preflight', 403, { method: 'OPTIONS', path: ROUTES.byo, headers: ['origin: https://evil.example'] }],
  [
    'a request of another site',
    403,
    { method: 'POST', path: ROUTES.byo, headers: ['origin: https://evil.example'] },
  ],
  [
    'a run without a key',
    400,
    { method: 'POST', path: ROUTES.byo, headers: ['content-type: application/json'], body: BODY },
  ],
  [
    'a body that is too large',
    413,
    {
      method: 'POST',
      path: ROUTES.byo,
      headers: ['content-type: application/json'],
      body: 'x'.repeat(MAX_BODY_BYTES + 1),
    },
  ],
  [
    'a run at the sandbox',
    200,
    {
      method: 'POST',
      path: ROUTES.byo,
      headers: ['content-type: application/json'],
      body: '{"goal":"write one skill that lists files"}',
    },
  ],
  [
    'a key check at the sandbox',
    200,
    { method: 'POST', path: ROUTES.byoCheck, headers: ['content-type: application/json'], body: '{}' },
  ],
  [
    'a compressed body',
    415,
    {
      method: 'POST',
      path: ROUTES.byo,
      headers: ['content-type: application/json', 'content-encoding: gzip'],
    },
  ],
  ['an expectation', 417, { method: 'POST', path: ROUTES.byo, headers: ['expect: 200-ok'], body: BODY }],
  ['two hosts', 400, { path: '/', headers: ['host: evil.example'] }],
  ['a backslash in the path', 400, { path: '/a\\b' }],
  ['a header that is folded', 400, { path: '/', headers: ['x: y', ' z'] }],
  ['headers that are too large', 431, { path: '/', headers: [`x: ${'y'.repeat(20_000)}`] }],
];
