import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import type { AuthOptions } from '../../../server/accounts/auth-options.ts';
import { createAccounts } from '../../../server/accounts/create-accounts.ts';
import { createAudit } from '../../../server/audit/create-audit.ts';
import { deleteQueuedJobs } from '../../../server/hosted/delete-jobs.ts';
import { WORKSPACE_HOOKS } from '../../../server/start/workspace-hooks.ts';
import type { Storage } from '../../../server/storage/start-storage.ts';
import { failureBody } from '../../../shared/contract/failure.ts';
import { quiet } from '../database.ts';

/** Accounts on a real database behind a bare app, and a browser that keeps cookies. */

export const ORIGIN = 'http://127.0.0.1:8787';
export const PASSWORD = 'correct horse battery';

export interface TestAccounts extends ReturnType<typeof createAccounts> {
  readonly app: Hono;
  readonly audit: ReturnType<typeof createAudit>;
  readonly headFile: string;
}

export function testAccounts(storage: Pick<Storage, 'db'>, options: Partial<AuthOptions> = {}): TestAccounts {
  const headFile = join(mkdtempSync(join(tmpdir(), 'oneturn-heads-')), 'heads.log');
  const { privateKey: headKey } = generateKeyPairSync('ed25519');
  const audit = createAudit({ db: storage.db, headFile, headKey, log: quiet });
  const accounts = createAccounts({
    db: storage.db,
    audit,
    log: quiet,
    secret: 'a-secret-for-tests-of-at-least-32-characters',
    publicOrigin: ORIGIN,
    originIsFixed: true,
    github: undefined,
    rateLimits: 'off',
    beforeDelete: [deleteQueuedJobs],
    workspaceHooks: WORKSPACE_HOOKS,
    addressOf: (c) => c.req.header('x-test-address') ?? '192.0.2.1',
    ...options,
  });
  const app = new Hono().route('/', accounts.routes);
  return { ...accounts, app, audit, headFile };
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly headers: Headers;
  readonly text: string;
}

/** What a browser, or with `bearer` an agent, does. */
export class Client {
  readonly cookies = new Map<string, string>();
  readonly #app: Hono;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    app: Hono,
    headers: Readonly<Record<string, string>> = { origin: ORIGIN, 'user-agent': 'test browser' },
  ) {
    this.#app = app;
    this.#headers = headers;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    extra: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const headers = new Headers({ ...this.#headers, ...extra });
    if (this.cookies.size > 0)
      headers.set('cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    if (body !== undefined) headers.set('content-type', 'application/json');
    const init = {
      method,
      headers,
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    };
    const response = await this.#app.request(`${ORIGIN}${path}`, init);
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    const text = await response.text();
    return { status: response.status, json: parse(text), headers: response.headers, text };
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === '' || /max-age=0/i.test(cookie)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

let people = 0;

function nextHandle(): string {
  people += 1;
  return `person-${people}`;
}

/** Signs somebody up in a browser of their own. */
export async function signUp(app: Hono, handle = nextHandle()): Promise<Client> {
  const client = new Client(app);
  const email = `${handle}@example.com`;
  for (const [path, body] of [
    ['sign-up', { email, password: PASSWORD, handle }],
    ['sign-in', { email, password: PASSWORD }],
  ] as const) {
    const answer = await client.send('POST', `/v1/auth/${path}/email`, body);
    if (answer.status !== 200) throw new Error(`${path} of ${handle}: ${answer.status} ${answer.text}`);
  }
  return client;
}

/** A refusal as the contract has it, with its status. */
export function failed(answer: Answer) {
  return { status: answer.status, ...failureBody.parse(answer.json).error };
}
