import type { Browser } from 'playwright-core';
import { PASSWORD, type SignedIn } from '../account-pages.ts';

/** Somebody with an account, made by the server's own routes: the form has tests of its own. */
export async function account(browser: Browser, url: string, handle: string): Promise<SignedIn> {
  const context = await browser.newContext();
  const headers = { origin: url };
  const email = `${handle}@example.com`;
  for (const [path, data] of [
    ['sign-up', { email, handle, password: PASSWORD }],
    ['sign-in', { email, password: PASSWORD }],
  ] as const) {
    const answer = await context.request.post(`${url}/v1/auth/${path}/email`, { data, headers });
    if (!answer.ok()) throw new Error(`${path} of ${handle} was answered by ${answer.status()}`);
  }
  const state = await context.storageState();
  await context.close();
  return state;
}
