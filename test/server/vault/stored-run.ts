import type { Kysely } from 'kysely';
import type { Database } from '../../../server/storage/database.ts';
import { failureBody } from '../../../shared/contract/failure.ts';
import { type HostedRun, hostedRun, hostedSummary, isOver } from '../../../shared/contract/hosted.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import type { Answer, Browser } from '../../faults/browser.ts';
import { until } from '../../until.ts';
import { ok } from '../idor-requests.ts';
import type { VaultLab } from './vault-lab.ts';

/** Hosted runs on stored keys, as their owner sees them. */

export const GOAL = { goal: 'Turn merged pull requests into weekly release notes' };
export const STORED = { ...GOAL, credentials: 'stored', provider: 'anthropic' };
/** Anthropic's words for a key that it does not take. */
export const REJECTION =
  '{"type":"error","error":{"type":"authentication_error","message":"invalid x-api-key"}}';

export function failureOf({ status, json }: Answer) {
  return { status, ...failureBody.parse(json).error };
}

export async function start(browser: Browser, body: object = STORED): Promise<string> {
  const answer = await browser.send('POST', ROUTES.hosted, body);
  if (answer.status !== 202) throw new Error(`the run did not start: ${answer.status} ${answer.text}`);
  return hostedSummary.parse(answer.json).id;
}

export async function read(browser: Browser, id: string): Promise<HostedRun> {
  return hostedRun.parse((await ok(browser.send('GET', ROUTES.hostedRun(id)))).json);
}

export async function ended(browser: Browser, id: string): Promise<HostedRun> {
  return until(async () => {
    const run = await read(browser, id);
    if (!isOver(run.state)) throw new Error(`the run ${id} is still ${run.state}`);
    return run;
  });
}

/** What the audit log has of a run, oldest first. */
export async function auditOf(
  db: Kysely<Database>,
  job: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const rows = await db
    .selectFrom('audit_entries')
    .select(['action', 'outcome', 'detail'])
    .where('subject', '=', job)
    .orderBy('seq')
    .execute();
  return rows.map(({ action, outcome, detail }) => ({ action, outcome, ...JSON.parse(detail) }));
}

/** The keys that its providers were asked with. */
export function keysSent({ sandbox }: Pick<VaultLab, 'sandbox'>): ReadonlySet<string | undefined> {
  return new Set(sandbox.journal.map(({ headers }) => Object.fromEntries(headers)['x-api-key']));
}
