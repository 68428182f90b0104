import * as z from 'zod/mini';
import { auditPage } from '../../shared/contract/audit.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { serverConfig } from '../../shared/contract/server-config.ts';
import { auditQuery } from '../audit/audit-query.ts';
import { json, type Operation } from './operation.ts';

export const SERVER_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'getConfig', method: 'get', path: ROUTES.config, tag: 'server', needs: 'anyone' },
    summary: 'Providers, models, prices, the key to seal to, limits, and who is signed in',
    answers: { 200: json('What this server offers', serverConfig) },
  },
  {
    ...{ id: 'getOpenApi', method: 'get', path: ROUTES.openApi, tag: 'server', needs: 'nobody' },
    summary: 'This document',
    answers: { 200: json('An OpenAPI 3.1 document', z.record(z.string(), z.unknown())) },
  },
  {
    ...{ id: 'listAudit', method: 'get', path: ROUTES.audit, tag: 'audit', needs: 'session' },
    summary: 'The audit log of the workspace, newest first; members see what they did themselves',
    query: auditQuery,
    answers: { 200: { ...json('A page of entries, or all of them as CSV', auditPage), media: ['text/csv'] } },
  },
];
