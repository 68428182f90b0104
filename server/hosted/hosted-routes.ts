import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import {
  type HostedPage,
  type HostedRun,
  hostedRun,
  isOver,
  jobState,
} from '../../shared/contract/hosted.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { requireWho, type WhoVariables } from '../access/who.ts';
import { failureResponse } from '../http/failure-response.ts';
import { isUuid } from '../http/read-query.ts';
import { SSE_HEADERS } from '../runs/sse.ts';
import { onStorageError } from '../storage/on-storage-error.ts';
import { budgetOf } from './budget.ts';
import { closeJob } from './close-job.ts';
import { feed } from './feed/event-feed.ts';
import { CANCEL_CHANNEL, notify, readRecord } from './feed/event-store.ts';
import { MAX_FEEDS_PER_ACCOUNT } from './feed/feed-places.ts';
import { feedStream } from './feed/feed-stream.ts';
import type { HostedRouteParts } from './hosted-route-parts.ts';
import { credentialsOf, forPlanOf, type JobRow, requestOf, rowToSummary, usageOf } from './job-rows.ts';
import { listJobs, placeOf, readJob, requestCancel } from './job-store.ts';
import { recordOf } from './recorded-work.ts';
import { startHostedRun } from './start-route.ts';

const LISTED = 50;

type HostedContext = Context<WhoVariables>;

/** `/v1/intent…`: runs on the operator's credentials, or on a stored key that is named and not sent. No key has a place in any of them. */
export function createHostedRoutes(parts: HostedRouteParts): Hono<WhoVariables> {
  const app = new Hono<WhoVariables>();
  app.onError(onStorageError(parts.log));
  const runner = requireWho(parts.findWho, 'runs:write');

  app.post(ROUTES.hosted, requireWho(parts.findWho, 'runs:write', 'member'), (c) => startHostedRun(c, parts));
  app.get(ROUTES.hosted, runner, (c) => list(c, parts));
  app.get(ROUTES.hostedRun(':id'), runner, async (c) => {
    const row = await find(c, parts, c.req.param('id'));
    return row === undefined ? missing(c) : c.json(await rowToRun(parts, row));
  });
  app.delete(ROUTES.hostedRun(':id'), runner, (c) => cancel(c, parts, c.req.param('id')));
  app.get(ROUTES.hostedEvents(':id'), runner, async (c) => {
    const row = await find(c, parts, c.req.param('id'));
    return row === undefined ? missing(c) : streamEvents(c, parts, row);
  });
  return app;
}

async function list(c: HostedContext, { db, payers, limits, now }: HostedRouteParts): Promise<Response> {
  const { who } = c.var;
  const rows = await listJobs(db, who.userId, LISTED);
  const runs = await Promise.all(
    rows.map(async (row) => rowToSummary(row, row.state === 'queued' ? await placeOf(db, row) : null)),
  );
  const budget = await budgetOf(db, who.userId, limits, now());
  const [offer, storedOffers = []] = await Promise.all([
    payers.operator.offer(who),
    payers.stored?.usable(who),
  ]);
  return c.json<HostedPage>({ runs, budget, offer, storedOffers: [...storedOffers] });
}

async function cancel(c: HostedContext, parts: HostedRouteParts, id: string): Promise<Response> {
  const { db, audit } = parts;
  const row = isUuid(id) ? await requestCancel(db, c.var.who.userId, id) : undefined;
  if (row === undefined) return missing(c);
  if (row.state === 'queued') {
    const usage = usageOf(row);
    const closed = await closeJob(
      audit,
      { job: id, attempt: row.attempt },
      { result: { outcome: 'cancelled' }, usage },
    );
    if (closed) parts.onEnd({ outcome: 'cancelled', provider: row.provider });
  }
  if (row.state === 'running') await notify(db, CANCEL_CHANNEL, id);
  const now = await readJob(db, c.var.who.userId, id);
  return now === undefined ? missing(c) : c.json(rowToSummary(now, null), 202);
}

async function streamEvents(c: HostedContext, parts: HostedRouteParts, row: JobRow): Promise<Response> {
  const release = await parts.places.take(c.var.who.userId);
  if (release === undefined)
    return failureResponse(c, {
      code: 'rate_limited',
      message: `You watch ${MAX_FEEDS_PER_ACCOUNT} runs already. Close some, or ask for a run's state instead.`,
      retryAfterSeconds: 5,
    });
  const { db, findWho, notices, stopping } = parts;
  const events = (signal: AbortSignal): AsyncGenerator<string> =>
    feed({
      db,
      notices,
      signal,
      stopping,
      ownerId: c.var.who.userId,
      job: row.id,
      after: lastEventId(c),
      now: () => performance.now(),
    });
  const body = feedStream({
    events,
    mayRead: async () => (await findWho(c.req.raw.headers))?.userId === row.owner_id,
    signal: c.req.raw.signal,
    cutUnread: () => {
      // as: served by Node it has a response of Node's; without a server there is no connection to cut
      const outgoing = (c.env as Partial<HttpBindings> | undefined)?.outgoing;
      if (outgoing !== undefined && outgoing.writableLength > 0) outgoing.destroy();
    },
    release,
  });
  return c.body(body, 200, SSE_HEADERS);
}

async function rowToRun({ db, payers }: HostedRouteParts, row: JobRow): Promise<HostedRun> {
  const summary = rowToSummary(row, row.state === 'queued' ? await placeOf(db, row) : null);
  const record = recordOf(await readRecord(db, row.id), !isOver(jobState.parse(row.state)));
  const request = requestOf(row);
  return z.parse(hostedRun, {
    ...summary,
    goal: request.goal,
    forPlan: forPlanOf(request),
    storedKey: (credentialsOf(row) === 'stored' && (await payers.stored?.used(row.id))) || null,
    attempts: row.attempt,
    ...record,
  });
}

async function find(c: HostedContext, { db }: HostedRouteParts, id: string): Promise<JobRow | undefined> {
  return isUuid(id) ? readJob(db, c.var.who.userId, id) : undefined;
}

function lastEventId(c: HostedContext): number {
  const given = c.req.header('last-event-id') ?? '';
  return /^\d{1,9}$/.test(given) ? Number(given) : 0;
}

function missing(c: HostedContext): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such run here.' });
}
