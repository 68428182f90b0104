import type { Source } from './sources.ts';
import { sourceIn } from './sources.ts';

/** What is known at a line when code is followed from top to bottom: which names and files hold secrets or downloads. */
export class Trace {
  private readonly names = new Map<string, Source>();
  private readonly files = new Map<string, Source>();
  private readonly downloads = new Map<string, Download>();
  /** Variables that hold an address, with its host. */
  private readonly hosts = new Map<string, string>();
  /** Variables that hold what came from the network. */
  private readonly fetched = new Map<string, string>();
  /** Functions that send what they are given. */
  private readonly senders = new Map<string, string | undefined>();

  /** The most sensitive thing that a piece of code names, directly or by an earlier variable or file. */
  secretIn(code: string, deep = true): Source | undefined {
    const named = sourceIn(code);
    if (named?.kind === 'store' || !deep) return named;
    let held: Source | undefined = named;
    for (const [name] of code.matchAll(/[A-Za-z_]\w{0,80}/g)) {
      const source = this.names.get(name);
      if (source?.kind === 'store') return source;
      held ??= source;
    }
    if (this.files.size === 0) return held;
    for (const [path] of code.matchAll(/[\w./~${}-]{1,200}/g)) {
      const source = this.files.get(bare(path));
      if (source?.kind === 'store') return source;
      held ??= source;
    }
    return held;
  }

  hold(name: string, source: Source): void {
    const before = this.names.get(name);
    if (before?.kind !== 'store' && this.names.size < MAX_NAMES) this.names.set(name, source);
  }

  holdFile(path: string, source: Source): void {
    if (isFile(path) && this.files.size < MAX_NAMES) this.files.set(bare(path), source);
  }

  download(path: string, download: Download): void {
    if (isFile(path) && this.downloads.size < MAX_NAMES) this.downloads.set(lastPart(path), download);
  }

  downloaded(path: string): Download | undefined {
    return this.downloads.get(lastPart(path));
  }

  /** A checksum or signature was compared, so that what was downloaded so far is what its author published. */
  check(): void {
    for (const [path, download] of this.downloads) this.downloads.set(path, { ...download, checked: true });
  }

  setHost(name: string, host: string): void {
    if (this.hosts.size < MAX_NAMES) this.hosts.set(name, host);
  }

  hostIn(code: string): string | undefined {
    if (this.hosts.size === 0) return undefined;
    for (const [name] of code.matchAll(/[A-Za-z_]\w{0,80}/g)) {
      const host = this.hosts.get(name);
      if (host !== undefined) return host;
    }
    return undefined;
  }

  fetch(name: string, host: string): void {
    if (this.fetched.size < MAX_NAMES) this.fetched.set(name, host);
  }

  fetchedIn(code: string): string | undefined {
    if (this.fetched.size === 0) return undefined;
    for (const [name] of code.matchAll(/[A-Za-z_]\w{0,80}/g)) {
      const host = this.fetched.get(name);
      if (host !== undefined) return host;
    }
    return undefined;
  }

  sendsBy(name: string, host: string | undefined): void {
    this.senders.set(name, host);
  }

  /** The sending function that a statement calls. */
  senderIn(code: string): { readonly name: string; readonly host: string | undefined } | undefined {
    if (this.senders.size === 0) return undefined;
    for (const [, name = ''] of code.matchAll(/([A-Za-z_]\w{0,80})\s{0,2}\(/g))
      if (this.senders.has(name)) return { name, host: this.senders.get(name) };
    return undefined;
  }
}

/** What came from the network. `checked`: its checksum or signature was compared. */
export interface Download {
  readonly host: string;
  readonly checked: boolean;
}

const MAX_NAMES = 2_000;

const isFile = (path: string): boolean => path !== '' && path !== '-' && !path.startsWith('/dev/');
const bare = (path: string): string => path.replace(/^\.\//, '').replace(/[.,;:]$/, '');
const lastPart = (path: string): string => bare(path).replace(/^.{0,300}\//s, '');
