import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { partOf } from './run-parts.ts';

/** A database of one test's, or one file's, on the run's server. */
export interface TestDatabase {
  readonly url: string;
  readonly drop: () => Promise<void>;
}

/** With every table, and no row. */
export async function migratedDatabase(): Promise<TestDatabase> {
  return createDatabase((await partOf('database')).template);
}

export async function emptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

/** A URL for another database of the same server. */
export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const { url } = await partOf('database');
  const name = `oneturn_test_${randomUUID().replaceAll('-', '')}`;
  await administer(url, `create database ${name} template ${template}`);
  return {
    url: withDatabase(url, name),
    drop: () => administer(url, `drop database if exists ${name} with (force)`),
  };
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query(statement).finally(() => admin.end());
}
