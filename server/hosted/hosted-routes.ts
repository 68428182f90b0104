import { type Context, Hono } from 'hono';
import type { Kysely } from 'kysely';
import * as z from 'zod/mini';
import {
  type BudgetState,
  type HostedPage,
  type HostedRun,
  hostedRequest,
  hostedRun,
  IDEMPOTENCY_KEY,
  isOver,
  jobState,
} from '../../shared/contract/hosted.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { KEY_HEADER, MAX_BODY_BYTES } from '../../shared/contract/run-request.ts';
import { type FindWho, requireWho, type WhoVariables } from '../access/who.ts';
import type { Audit } from '../audit/create-audit.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import { isUuid } from '../http/uuid.ts';
import type { Database } from '../storage/database.ts';
import { onStorageError } from '../storage/on-storage-error.ts';
import type { Log } from '../telemetry/log.ts';
import { budgetOf, nextUtcDay } from './budget.ts';
import { closeJob } from './close-job.ts';
import { type Enqueued, type EnqueueOptions, enqueue, NoBudget, requestKey } from './enqueue.ts';
import { feed } from './event-feed.ts';
import { CANCEL_CHANNEL, notify, readRecord } from './event-store.ts';
import type { JobNotices } from './job-notices.ts';
import { type JobRow, requestOf, rowToSummary } from './job-rows.ts';
import { type JobEnd, listJobs, placeOf, readJob, requestCancel } from './job-store.ts';
import { recordOf } from './recorded-work.ts';

const LISTED = 50;
const BUSY_SECONDS = 30;

export interface HostedRouteParts extends EnqueueOptions {
  readonly db: Kysely<Database>;
  readonly audit: Audit;
  readonly findWho: FindWho;
  readonly notices: JobNotices;
  readonly log: Log;
  /** For the counter: a run that was cancelled while it waited ends here, at no worker. */
  readonly onEnd: (outcome: string) => void;
  /** Aborted when this server stops: event streams end. */
  readonly stopping: AbortSignal;
}

type HostedContext = Context<WhoVariables>;

/** `/v1/intent…`: runs on the operator's credentials. The key of a user has no place in any of them. */
export function createHostedRoutes(parts: HostedRouteParts): Hono<WhoVariables> {
  const { db, findWho, notices, operator } = parts;
  const app = new Hono<WhoVariables>();
  app.onError(onStorageError(parts.log));
  const runner = requireWho(findWho, 'runs:write');

  app.post(ROUTES.hosted, runner, (c) => start(c, parts));

  app.get(ROUTES.hosted, runner, async (c) => {
    const rows = await listJobs(db, c.var.who.userId, LISTED);
    const runs = await Promise.all(
      rows.map(async (row) => rowToSummary(row, row.state === 'queued' ? await placeOf(db, row) : null)),
    );
    const budget = await budgetOf(db, c.var.who.userId, parts.limits, parts.now());
    return c.json<HostedPage>({ runs, budget, offer: operator.offer });
  });

  app.get(ROUTES.hostedRun(':id'), runner, async (c) => {
    const row = await find(c, parts, c.req.param('id'));
    return row === undefined ? missing(c) : c.json(await rowToRun(parts, row));
  });

  app.delete(ROUTES.hostedRun(':id'), runner, async (c) => {
    const id = c.req.param('id');
    const row = isUuid(id) ? await requestCancel(db, c.var.who.userId, id) : undefined;
    if (row === undefined) return missing(c);
    if (row.state === 'queued') {
      const end: JobEnd = { state: 'cancelled', usage: rowToSummary(row, null).usage, failure: null };
      if (await closeJob(parts.audit, { job: id, attempt: row.attempt }, end)) parts.onEnd(end.state);
    }
    if (row.state === 'running') await notify(db, CANCEL_CHANNEL, id);
    const now = await readJob(db, c.var.who.userId, id);
    return now === undefined ? missing(c) : c.json(rowToSummary(now, null), 202);
  });

  app.get(ROUTES.hostedEvents(':id'), runner, async (c) => {
    const row = await find(c, parts, c.req.param('id'));
    if (row === undefined) return missing(c);
    const left = new AbortController();
    const events = feed({
      db,
      notices,
      ownerId: c.var.who.userId,
      job: row.id,
      after: lastEventId(c),
      mayRead: async () => (await findWho(c.req.raw.headers))?.userId === row.owner_id,
      now: () => performance.now(),
      signal: AbortSignal.any([c.req.raw.signal, left.signal]),
      stopping: parts.stopping,
    });
    return c.body(toStream(events, left), 200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    });
  });

  return app;
}

async function start(c: HostedContext, parts: HostedRouteParts): Promise<Response> {
  // whoever sends one means to run on it: not to spend the operator's money, nor to have it lie about unread
  if (c.req.header(KEY_HEADER) !== undefined)
    return failureResponse(c, {
      code: 'invalid_request',
      message: `A key has no place here; use ${ROUTES.byo}.`,
    });
  const bytes = await readBody(c, { maxBytes: MAX_BODY_BYTES });
  if (!bytes.ok) return failureResponse(c, bytes.failure);
  const body = parseJson(bytes.value, hostedRequest);
  if (!body.ok) return failureResponse(c, body.failure);
  const { model } = body.value;
  if (model !== undefined && !parts.operator.offer.models.includes(model)) {
    return failureResponse(c, {
      code: 'invalid_field',
      message: 'This server does not run that model. Leave it out, or take one it offers.',
      field: 'model',
    });
  }
  const header = c.req.header('idempotency-key');
  if (header !== undefined && !IDEMPOTENCY_KEY.test(header)) {
    return failureResponse(c, {
      code: 'invalid_field',
      message: 'An Idempotency-Key has 1 to 255 printable characters.',
      field: 'idempotency-key',
    });
  }

  const key = header === undefined ? undefined : requestKey(header, bytes.value);
  const enqueued = await parts.audit
    .transact(async (trx, record) => {
      const made = await enqueue(trx, c.var.who, body.value, key, c.var.requestId ?? null, parts);
      const { provider } = parts.operator.offer;
      if (made.kind === 'queued')
        await record(
          whoToEvent(c, {
            action: 'run.start',
            outcome: 'ok',
            subject: made.row.id,
            provider,
            model: made.row.model,
          }),
        );
      return made;
    })
    .catch((error: unknown): Enqueued => {
      if (error instanceof NoBudget) return { kind: 'no_budget' };
      throw error;
    });
  return answerEnqueued(c, parts, enqueued);
}

async function answerEnqueued(
  c: HostedContext,
  parts: HostedRouteParts,
  enqueued: Enqueued,
): Promise<Response> {
  switch (enqueued.kind) {
    case 'queued':
    case 'already': {
      const { row } = enqueued;
      const place = row.state === 'queued' ? await placeOf(parts.db, row) : null;
      const replayed = enqueued.kind === 'already' ? { 'idempotency-replayed': 'true' } : {};
      return c.json(rowToSummary(row, place), 202, { location: ROUTES.hostedRun(row.id), ...replayed });
    }
    case 'key_taken':
      return failureResponse(c, {
        code: 'conflict',
        message: 'This Idempotency-Key was used for another request. Take a new one.',
      });
    case 'too_many': {
      const message = `You have ${parts.maxOpen} runs waiting or running already. Wait for one, or cancel one.`;
      return failureResponse(c, { code: 'rate_limited', message, retryAfterSeconds: BUSY_SECONDS });
    }
    case 'no_budget':
      return noBudget(c, parts, await budgetOf(parts.db, c.var.who.userId, parts.limits, parts.now()));
  }
}

function noBudget(c: HostedContext, { now }: HostedRouteParts, budget: BudgetState): Response {
  const left =
    budget.leftUsd === null || budget.leftUsd === 0
      ? 'is used up'
      : `has $${budget.leftUsd.toFixed(2)} left, less than this run may cost`;
  const message = `Today’s budget for runs on this server ${left}. It is renewed at ${budget.resetsAt.slice(0, 16).replace('T', ' ')} UTC. You can use your own key now.`;
  const retryAfterSeconds = (nextUtcDay(now()).getTime() - now().getTime()) / 1000;
  return failureResponse(c, {
    code: 'budget_exhausted',
    message,
    retryAfterSeconds: Math.ceil(retryAfterSeconds),
  });
}

async function rowToRun({ db }: HostedRouteParts, row: JobRow): Promise<HostedRun> {
  const summary = rowToSummary(row, row.state === 'queued' ? await placeOf(db, row) : null);
  const record = recordOf(await readRecord(db, row.id), !isOver(jobState.parse(row.state)));
  return z.parse(hostedRun, {
    ...summary,
    goal: requestOf(row).goal,
    credentials: row.credentials,
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

/** Pulled by the client: nothing is read ahead of what it takes. */
function toStream(events: AsyncGenerator<string>, left: AbortController): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    pull: async (controller) => {
      const next = await events.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: () => left.abort(),
  });
}

function missing(c: HostedContext): Response {
  return failureResponse(c, { code: 'not_found', message: 'There is no such run here.' });
}
