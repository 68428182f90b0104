import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig as readSettings } from '../../../server/config/config.ts';
import { type RunningServer, startServer } from '../../../server/start/start-server.ts';
import type { Storage } from '../../../server/storage/start-storage.ts';
import { createLog } from '../../../server/telemetry/log.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { KEY_HEADER, RUN_ID_HEADER } from '../../../shared/contract/run-limits.ts';
import { type StoredKey, storedKey, storedKeyPage } from '../../../shared/contract/vault/stored-key.ts';
import type { SealPurpose } from '../../../shared/sealing/seal-format.ts';
import { turnKey } from '../../../shared/sealing/turn-key.ts';
import { type Answer, Browser } from '../../faults/browser.ts';
import { readConfig } from '../../leak/byo-client.ts';
import { createTestSandbox, type TestSandbox } from '../../sandbox/create-test-sandbox.ts';

let addresses = 1;

/** At an address of its own: sign-ups are limited for each. */
export class Guest extends Browser {
  readonly #address = `198.51.${addresses >> 8}.${addresses++ & 255}`;

  override open(
    method: string,
    path: string,
    body?: unknown,
    extra?: Readonly<Record<string, string>>,
  ): Promise<Response> {
    return super.open(method, path, body, { 'x-forwarded-for': this.#address, ...extra });
  }
}

/** A server with a vault, with a sandbox where every provider would be. */
export interface VaultLab {
  readonly url: string;
  readonly sandbox: TestSandbox;
  readonly server: RunningServer;
  /** What was logged, all of it. */
  readonly printed: readonly string[];
  readonly rootFile: string;
  user(handle: string): Promise<Browser>;
  stop(): Promise<void>;
}

export async function startVaultLab(
  storage: Storage,
  settings: Readonly<Record<string, string>> = {},
): Promise<VaultLab> {
  const folder = mkdtempSync(join(tmpdir(), 'oneturn-vault-'));
  const [dataDir, rootFile] = [join(folder, 'data'), join(folder, 'vault-root')];
  mkdirSync(dataDir);
  writeFileSync(rootFile, randomBytes(32).toString('base64url'), { mode: 0o600 });
  const sandbox = await createTestSandbox({ pace: 'instant', journal: true });
  const printed: string[] = [];
  const log = createLog('debug', { write: (line) => void printed.push(line) });
  const config = readSettings({
    ...{ PORT: '0', DATA_DIR: dataDir, SANDBOX_PACE: 'instant', SHUTDOWN_GRACE_MS: '0' },
    ...{ TRUSTED_PROXIES: '127.0.0.1', VAULT: 'on', VAULT_ROOTS: `r1=file:${rootFile}` },
    ...settings,
  });
  const server = await startServer(config, {
    log,
    storage,
    build: 'test',
    standIn: { origin: sandbox.origin },
  });
  return {
    url: server.url,
    sandbox,
    server,
    printed,
    rootFile,
    user: (handle) => new Guest(() => server.url).signUp(handle),
    stop: async () => {
      await server.stop();
      await sandbox.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The workspace that they act in. */
export async function workspaceOf(browser: Browser): Promise<string> {
  return storedKeyPage.parse((await browser.send('GET', ROUTES.storedKeys)).json).workspace.id;
}

/** The model is one that the sandbox lists, as `sandbox-1`. */
export interface Wish {
  readonly name?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly site?: string;
  readonly workspace?: string;
  readonly purpose?: SealPurpose;
  /** In place of what was sealed for. */
  readonly sent?: Readonly<Record<string, unknown>>;
  readonly run?: string;
}

/** Seals a key as the page does, and sends it to be stored. */
export async function storeKey(
  lab: Pick<VaultLab, 'url'>,
  browser: Browser,
  key: string,
  wish: Wish = {},
): Promise<Answer> {
  const provider = wish.provider ?? 'anthropic';
  const body = {
    workspace: wish.workspace ?? (await workspaceOf(browser)),
    name: wish.name ?? 'One',
    provider,
    model: wish.model ?? 'sandbox',
    site: wish.site,
  };
  const run = wish.run ?? randomBytes(16).toString('base64url');
  const turned = await turnKey(() => key, {
    ...{ config: await readConfig(lab.url), provider, site: wish.site, runId: run },
    ...{ body: JSON.stringify(body), serverNow: Date.now(), purpose: wish.purpose ?? 'vault seal' },
  });
  if (!turned.ok) throw new Error(turned.failure.message);
  const headers = { [RUN_ID_HEADER]: run, [KEY_HEADER]: turned.header };
  return browser.send('POST', ROUTES.storedKeys, { ...body, ...wish.sent }, headers);
}

export async function stored(answer: Promise<Answer>): Promise<StoredKey> {
  const { status, json, text } = await answer;
  if (status !== 201) throw new Error(`the key was not stored: ${status} ${text}`);
  return storedKey.parse(json);
}

export async function keysOf(browser: Browser): Promise<readonly StoredKey[]> {
  return storedKeyPage.parse((await browser.send('GET', ROUTES.storedKeys)).json).keys;
}
