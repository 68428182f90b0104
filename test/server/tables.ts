/** The features' tables, for the types of this folder: what adds to `Database` is seen where its file is named. */
export type { UsersTable } from '../../server/accounts/account-tables.ts';
export type { AuditEntriesTable } from '../../server/audit/audit-tables.ts';
export type { IntentJobsTable } from '../../server/hosted/job-tables.ts';
export type { IntentPlansTable } from '../../server/plans/plan-tables.ts';
export type { BundlesTable } from '../../server/registry/registry-tables.ts';
