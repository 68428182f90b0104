import { closeSync, mkdirSync, openSync } from 'node:fs';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Config, ConfigError } from '../config/config.ts';
import { bugFields, type Log } from '../telemetry/log.ts';

/**
 * The heads of the audit chains, noted in a file outside the database: who rewrites a chain from some entry on, or cuts its tail,
 * would have to change this file too, which may live on another disk or be shipped elsewhere line by line.
 */

export interface AuditHead {
  readonly workspaceId: string;
  readonly seq: number;
  readonly hash: Buffer;
}

const RETRY_MS = 1000;
/** When the file cannot be written for long the oldest go: a newer head of a workspace covers them. */
const MAX_WAITING = 10_000;

export interface HeadFile {
  /** Notes a committed head, soon; those that come while the file is being written go together. */
  note(head: AuditHead): void;
  /** Resolves when all is written, or cannot be. */
  flush(): Promise<void>;
}

/** The configured file, once it could be opened. Throws `ConfigError`: without it a chain whose tail was cut would go unnoticed. */
export function requireHeadFile({
  AUDIT_HEAD_FILE,
  DATA_DIR,
}: Pick<Config, 'AUDIT_HEAD_FILE' | 'DATA_DIR'>): string {
  const file = AUDIT_HEAD_FILE ?? join(DATA_DIR, 'audit-heads.log');
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    closeSync(openSync(file, 'a', 0o600));
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new ConfigError(
      `The file of AUDIT_HEAD_FILE cannot be written (${reason}). Name one in a folder that this user may write to.`,
    );
  }
  return file;
}

export function createHeadFile(file: string, log: Log): HeadFile {
  let waiting: AuditHead[] = [];
  let writing: Promise<void> | undefined;
  let failing = false;

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const heads = waiting;
      waiting = [];
      try {
        await mkdir(dirname(file), { recursive: true });
        await appendFile(file, heads.map(headToLine).join(''), { mode: 0o600 });
        failing = false;
      } catch (error) {
        waiting = [...heads, ...waiting].slice(-MAX_WAITING);
        if (!failing) log.error('the audit head file cannot be written', bugFields(error));
        failing = true;
        setTimeout(start, RETRY_MS).unref();
        return;
      }
    }
  };
  const start = (): void => {
    writing ??= write().finally(() => {
      writing = undefined;
    });
  };

  return {
    note: (head) => {
      waiting.push(head);
      if (!failing) start();
    },
    flush: async () => {
      await writing;
      start();
      await writing;
    },
  };
}

function headToLine({ workspaceId, seq, hash }: AuditHead): string {
  return `${new Date().toISOString()} ${workspaceId} ${seq} ${hash.toString('hex')}\n`;
}

/** All heads that were ever noted; a line that a crash cut short is left out. Undefined: there is no such file. */
export async function readHeadFile(file: string): Promise<readonly AuditHead[] | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  const heads = [...text.matchAll(/^\S+ (\S+) (\d+) ([0-9a-f]{64})$/gm)];
  return heads.map(([, workspaceId = '', seq, hash = '']) => ({
    workspaceId,
    seq: Number(seq),
    hash: Buffer.from(hash, 'hex'),
  }));
}
