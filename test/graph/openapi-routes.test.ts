import { expect, test } from 'vitest';
import { OPERATIONS } from '../../server/openapi/openapi-document.ts';
import type { Operation } from '../../server/openapi/operation.ts';
import { ENTRIES, type Entry } from '../server/idor-table.ts';

/** The table has every mounted route, which `test/server/idor.test.ts` sees to. */

/** Routes that are not in the OpenAPI document, by how they begin. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'GET /healthz': 'for whoever operates the server',
  'GET /readyz': 'for whoever operates the server',
  'GET /metrics': 'Prometheus has a format of its own',
  'GET /.well-known/': 'agent skills discovery, whose specification is elsewhere',
  'GET /b/': 'the same for one bundle',
  'GET /s/': 'the same for one skill',
  'GET /api/': 'as the ClawHub and `skills find` clients want it',
  'GET /marketplace.json': 'as Claude Code’s plugins want it',
  'GET /npm/': 'as npm wants it',
  'GET /try/': 'the discovery of a plan, for whoever has its secret',
};

const needs: Readonly<Record<Operation['needs'], readonly Entry['need'][]>> = {
  nobody: ['public'],
  anyone: ['public'],
  key: ['auth'],
  people: ['auth', 'account'],
  session: ['session'],
  'runs:write': ['runs:write'],
  'plans:read': ['plans:read'],
  publish: ['publish'],
};

const documented = new Map(
  OPERATIONS.map((operation) => [
    `${operation.method.toUpperCase()} ${operation.path.replaceAll(/\{(\w+)\}/g, ':$1')}`,
    operation,
  ]),
);

test('every route of the server is in the OpenAPI document, or is left out for a reason', () => {
  const reasons = Object.keys(LEFT_OUT);
  const routes = Object.keys(ENTRIES);
  const others = routes.filter((route) => !documented.has(route));
  expect(others.filter((route) => !reasons.some((start) => route.startsWith(start)))).toEqual([]);
  expect(reasons.filter((start) => !others.some((route) => route.startsWith(start)))).toEqual([]);
  expect([...documented.keys()].filter((route) => !routes.includes(route))).toEqual([]);
});

test('the OpenAPI document asks of nobody more or less than the route does', () => {
  const wrong = [...documented].filter(([route, operation]) => {
    const entry = ENTRIES[route];
    return entry !== undefined && !needs[operation.needs].includes(entry.need);
  });
  expect(wrong.map(([route, operation]) => `${route} says ${operation.needs}`)).toEqual([]);
});
