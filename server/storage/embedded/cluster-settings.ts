import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** One process has at most 10 connections for requests, 4 of the queue and 2 that listen. */
const CONNECTIONS = 60;
const CONNECTIONS_MORE = 20;

/** A Unix socket's path has at most 107 bytes on Linux, 103 on macOS; PostgreSQL adds `/.s.PGSQL.5432.lock`. */
const MAX_SOCKET_DIR_BYTES = 103 - '/.s.PGSQL.5432.lock'.length;

/** A folder that only its owner may enter: whoever reaches the socket is let in. */
export function makeSocketDir(home: string): string {
  const inside = join(home, 'socket');
  if (Buffer.byteLength(inside) > MAX_SOCKET_DIR_BYTES) return mkdtempSync(join(tmpdir(), 'oneturn-'));
  mkdirSync(inside, { recursive: true, mode: 0o700 });
  return inside;
}

/** One name of a list: in double quotes, so that a comma does not end it, inside a string of postgresql.conf. */
function quoted(path: string): string {
  const name = `"${path.replaceAll('"', '""')}"`;
  return name.replaceAll('\\', '\\\\').replaceAll("'", "''");
}

/**
 * The whole postgresql.conf, written at every start. Durability is PostgreSQL's default; memory is for a registry on a small
 * machine: io_method and the replication settings alone spare four processes.
 */
export function clusterSettings(socketDir: string, processes = 1): string {
  return `# Written by Oneturn at every start; changes here are lost.
listen_addresses = ''
unix_socket_directories = '${quoted(socketDir)}'
unix_socket_permissions = 0700
port = 5432
max_connections = ${CONNECTIONS + (processes - 1) * CONNECTIONS_MORE}

fsync = on
synchronous_commit = on
full_page_writes = on

shared_buffers = 24MB
work_mem = 4MB
maintenance_work_mem = 32MB
max_wal_size = 256MB
min_wal_size = 48MB
# not minimal: a backup is made while it runs
wal_level = replica
max_wal_senders = 0
io_method = sync
max_worker_processes = 2
max_parallel_workers = 0
max_logical_replication_workers = 0
autovacuum_max_workers = 1
huge_pages = off
jit = off

timezone = 'UTC'
log_timezone = 'UTC'
# a statement, or the detail of an error, may hold what people wrote
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_checkpoints = off
log_autovacuum_min_duration = -1
`;
}
