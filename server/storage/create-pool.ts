import pg from 'pg';
import type { Log } from '../telemetry/log.ts';
import { storageFields } from './storage-error.ts';

/** How long a query waits for a connection, in the queue too: after it a request is answered by 503. */
const CONNECT_MS = 5000;
const STATEMENT_MS = 30_000;
const IDLE_IN_TRANSACTION_MS = 60_000;
/** Each idle connection costs PostgreSQL a process. */
const IDLE_MS = 10_000;
const INT8 = 20;

/** A URL of the operator's own PostgreSQL, or the embedded one's Unix socket. */
export type PoolAddress =
  | { readonly connectionString: string }
  | { readonly host: string; readonly database: string; readonly user: string };

/** `bigint` columns hold counts and sequence numbers here, which a JavaScript number holds exactly. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === INT8 && format !== 'binary' ? Number : pg.types.getTypeParser(oid, format),
};

/**
 * Connections with timeouts: 5 s to get one, 30 s for a statement, a minute idle inside a transaction. Nothing connects before the first
 * query.
 */
export function createPool(address: PoolAddress, max: number, log: Log, connectMs = CONNECT_MS): pg.Pool {
  const pool = new pg.Pool({
    ...address,
    max,
    types,
    application_name: 'oneturn',
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: IDLE_MS,
    statement_timeout: STATEMENT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    keepAlive: true,
  });
  // A connection may break while idle (the pool's event) or while somebody holds it between two statements (the client's own). An `error`
  // event without a listener would end the process.
  pool.on('error', (error) => log.warn('a database connection ended', storageFields(error)));
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}
