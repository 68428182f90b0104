import { createdToken, type TokenScope } from '../../shared/contract/account.ts';
import { type Answer, Browser } from '../faults/browser.ts';

/** Sends a request as somebody. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

export function sendOf(browser: Browser): Send {
  return (...request) => browser.send(...request);
}

/** As who has an API token. */
export function bearer(url: () => string, token: string): Send {
  const agent = new Browser(url);
  return (method, path, body, headers) =>
    agent.send(method, path, body, { ...headers, authorization: `Bearer ${token}` });
}

export async function tokenOf(browser: Browser, scopes: TokenScope[]) {
  return createdToken.parse(
    (await ok(browser.send('POST', '/v1/tokens', { name: 'one', scopes, expiresInDays: null }))).json,
  );
}

/** Fails where the answer is no success. */
export async function ok(answer: Promise<Answer>): Promise<Answer> {
  const given = await answer;
  if (given.status >= 300) throw new Error(`${given.status}: ${given.text}`);
  return given;
}

export function idOf({ status, json, text }: Answer): string {
  if (typeof json === 'object' && json !== null && 'id' in json && typeof json.id === 'string')
    return json.id;
  throw new Error(`no id in ${status} ${text}`);
}
