import { createHash, type KeyObject, randomBytes } from 'node:crypto';
import { closeSync, createReadStream, mkdirSync, openSync } from 'node:fs';
import { appendFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Config, ConfigError } from '../config/config.ts';
import { bugFields, type Log } from '../telemetry/log.ts';
import { type AuditHead, headLine, openLine, type Writer } from './head-lines.ts';

/**
 * The heads of the audit chains, noted in a file outside the database: who rewrites a chain from some entry on, or cuts its tail,
 * would have to change this file too, which may live on another disk or be shipped elsewhere line by line.
 */

/** The name of the signing key of the lines, in the data folder. */
export const HEAD_KEY = 'audit-key.pem';

const RETRY_MS = 1000;
/** When the file cannot be written for long, the oldest lines are dropped: a newer head of a workspace covers them. */
const MAX_WAITING = 10_000;

/** A file to which each workspace's latest entry is appended after its commit. */
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

/** `signingKey` signs the lines. The first line covers the whole file as it was found; after a failed write, which may have left half a line, it begins again. */
export function createHeadFile(file: string, signingKey: KeyObject, log: Log): HeadFile {
  let waiting: AuditHead[] = [];
  let writing: Promise<void> | undefined;
  let failing = false;
  let writer: Writer | undefined;

  const open = async (): Promise<Writer> => {
    await appendFile(file, '', { mode: 0o600 });
    const { bytes, digest, whole } = await readBefore(file);
    const id = randomBytes(9).toString('base64url');
    const opened = openLine({ id, bytes, digest }, new Date(), signingKey);
    await appendFile(file, `${whole ? '' : '\n'}${opened.line}`, { mode: 0o600 });
    return opened.writer;
  };

  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const heads = waiting;
      waiting = [];
      try {
        await mkdir(dirname(file), { recursive: true });
        writer ??= await open();
        let next = writer;
        const lines = heads.map((head) => {
          const made = headLine(head, next, new Date(), signingKey);
          next = made.writer;
          return made.line;
        });
        writer = undefined;
        await appendFile(file, lines.join(''), { mode: 0o600 });
        writer = next;
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

/** How long the file is, the digest of it, and whether its last line is whole. */
async function readBefore(
  file: string,
): Promise<{ readonly bytes: number; readonly digest: string; readonly whole: boolean }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let last = 10;
  for await (const chunk of createReadStream(file)) {
    // as: a stream without an encoding gives bytes
    const piece = chunk as Buffer;
    hash.update(piece);
    bytes += piece.length;
    last = piece.at(-1) ?? last;
  }
  return { bytes, digest: hash.digest('hex'), whole: last === 10 };
}
