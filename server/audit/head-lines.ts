/**
 * The lines of the head file, one form for who writes and who checks. Each process that writes begins with a line that covers
 * everything before it; each of its lines covers the one before, and is signed. No I/O.
 *
 *   <time> open <writer> <bytes before> <SHA-256 of them> <signature>
 *   <time> <workspace> <seq> <hash> <writer>:<n> <link> <signature>
 *
 * A link is the SHA-256 of the writer's link before and the line up to it; the signature is Ed25519 over the link.
 */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';

export interface AuditHead {
  readonly workspaceId: string;
  readonly seq: number;
  readonly hash: Buffer;
}

/** The last link of a writer, and how many heads it has noted. */
export interface Writer {
  readonly id: string;
  readonly n: number;
  readonly link: string;
}

export type HeadLine =
  | {
      readonly kind: 'open';
      readonly writer: string;
      readonly bytes: number;
      readonly digest: string;
      readonly link: string;
      readonly signature: string;
    }
  | {
      readonly kind: 'head';
      readonly head: AuditHead;
      readonly writer: string;
      readonly n: number;
      readonly covered: string;
      readonly link: string;
      readonly signature: string;
    }
  /** The form of lines before 2026-11-28, which only a writer's first line covers. */
  | { readonly kind: 'unsigned'; readonly head: AuditHead };

const OPEN = /^(\S{1,40} open ([\w-]{1,40}) (\d{1,15}) ([0-9a-f]{64})) ([\w-]{86})$/;
const HEAD =
  /^(\S{1,40} (\S{1,200}) (\d{1,15}) ([0-9a-f]{64}) ([\w-]{1,40}):(\d{1,15})) ([0-9a-f]{64}) ([\w-]{86})$/;
const UNSIGNED = /^\S{1,40} (\S{1,200}) (\d{1,15}) ([0-9a-f]{64})$/;

/** `bytes` and `digest` are of what stands in the file before the writer's first line. */
export function openLine(
  { id, bytes, digest }: { readonly id: string; readonly bytes: number; readonly digest: string },
  at: Date,
  signingKey: KeyObject,
): { readonly line: string; readonly writer: Writer } {
  const covered = `${at.toISOString()} open ${id} ${bytes} ${digest}`;
  const link = linkOf('', covered);
  return { line: `${covered} ${signed(link, signingKey)}\n`, writer: { id, n: 0, link } };
}

export function headLine(
  { workspaceId, seq, hash }: AuditHead,
  writer: Writer,
  at: Date,
  signingKey: KeyObject,
): { readonly line: string; readonly writer: Writer } {
  const n = writer.n + 1;
  const covered = `${at.toISOString()} ${workspaceId} ${seq} ${hash.toString('hex')} ${writer.id}:${n}`;
  const link = linkOf(writer.link, covered);
  return { line: `${covered} ${link} ${signed(link, signingKey)}\n`, writer: { ...writer, n, link } };
}

export function parseHeadLine(line: string): HeadLine | undefined {
  const open = OPEN.exec(line);
  if (open) {
    const [, covered = '', writer = '', bytes, digest = '', signature = ''] = open;
    return { kind: 'open', writer, bytes: Number(bytes), digest, link: linkOf('', covered), signature };
  }
  const head = HEAD.exec(line);
  if (head) {
    const [, covered = '', workspaceId = '', seq, hash = '', writer = '', n, link = '', signature = ''] =
      head;
    return {
      kind: 'head',
      head: { workspaceId, seq: Number(seq), hash: Buffer.from(hash, 'hex') },
      writer,
      n: Number(n),
      covered,
      link,
      signature,
    };
  }
  const [, workspaceId, seq, hash] = UNSIGNED.exec(line) ?? [];
  if (workspaceId === undefined || hash === undefined) return undefined;
  return { kind: 'unsigned', head: { workspaceId, seq: Number(seq), hash: Buffer.from(hash, 'hex') } };
}

export function linkOf(before: string, covered: string): string {
  return createHash('sha256').update(`${before}\n${covered}`).digest('hex');
}

/** Without a public key, which only the server's own folder has, nothing can be said of a signature. */
export function isSigned(
  { link, signature }: { readonly link: string; readonly signature: string },
  publicKey: KeyObject | undefined,
): boolean {
  return (
    publicKey === undefined || verify(null, Buffer.from(link), publicKey, Buffer.from(signature, 'base64url'))
  );
}

function signed(link: string, signingKey: KeyObject): string {
  return sign(null, Buffer.from(link), signingKey).toString('base64url');
}
