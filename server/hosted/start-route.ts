import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import type { Failure } from '../../shared/contract/failure.ts';
import { type BudgetState, hostedRequest } from '../../shared/contract/hosted.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { KEY_HEADER, MAX_BODY_BYTES } from '../../shared/contract/run-limits.ts';
import type { WhoVariables } from '../access/who.ts';
import { whoToEvent } from '../audit/who-to-event.ts';
import { failureResponse } from '../http/failure-response.ts';
import { readIdempotencyKey } from '../http/idempotency-key.ts';
import { parseJson, readBody } from '../http/read-json.ts';
import { budgetOf, nextUtcDay } from './budget.ts';
import { type AskedRun, type Enqueued, enqueue, enqueuedBefore, jobRequestOf, NoBudget } from './enqueue.ts';
import type { HostedRouteParts } from './hosted-route-parts.ts';
import { rowToSummary } from './job-rows.ts';
import { placeOf } from './job-store.ts';
import { payerOf } from './payer.ts';

const BUSY_SECONDS = 30;

const NOTHING_STORED: Failure = {
  code: 'invalid_field',
  field: 'credentials',
  message:
    'This server stores no keys, so no run can be on one. Leave credentials out, or use your own key now.',
};

type HostedContext = Context<WhoVariables>;

/** `POST /v1/intent`: puts a run into the queue. 202 with the job, also when the same request comes again. */
export async function startHostedRun(c: HostedContext, parts: HostedRouteParts): Promise<Response> {
  // A client that sends a key wants to run on it, and neither to spend the operator's money nor to have the key stored unread.
  if (c.req.header(KEY_HEADER) !== undefined)
    return failureResponse(c, {
      code: 'invalid_request',
      message: `A key has no place here; use ${ROUTES.byo}.`,
    });
  const bytes = await readBody(c, { maxBytes: MAX_BODY_BYTES });
  if (!bytes.ok) return failureResponse(c, bytes.failure);
  const body = parseJson(bytes.value, hostedRequest);
  if (!body.ok) return failureResponse(c, body.failure);
  const request = body.value;
  if (request.forPlan !== undefined && c.var.who.via === 'token')
    return failureResponse(c, {
      code: 'forbidden',
      message: 'An API token changes no plan. Sign in on the page, or leave forPlan out.',
    });
  const idempotencyKey = readIdempotencyKey(c, bytes.value);
  if (!idempotencyKey.ok) return failureResponse(c, idempotencyKey.failure);
  // a request that comes again has its answer, whatever has become of its payer since
  const asking = { who: c.var.who, idempotencyKey: idempotencyKey.value };
  const before = await enqueuedBefore(parts.db, asking);
  if (before !== undefined) return answerEnqueued(c, parts, before);

  const payer = payerOf(parts.payers, request.credentials ?? 'operator');
  if (payer === undefined) return failureResponse(c, NOTHING_STORED);
  const { provider, site, model, goal, trial } = request;
  // Each call of a run repeats its goal. A skill that is tried is in a few of a trial's calls.
  const goalChars = goal.length + (trial ? Math.ceil(JSON.stringify(trial).length / 4) : 0);
  const quoted = await payer.quote(c.var.who, { provider, site, model, goalChars });
  if (!quoted.ok) return failureResponse(c, quoted.failure);

  const id = randomUUID();
  const quote = quoted.value;
  const admitted = await payer.admit({
    ...{ id, owner: c.var.who, provider: quote.provider, site, model: quote.model },
    ...{ credentials: quote.credentials, request: jobRequestOf(request, quote) },
  });
  if (!admitted.ok) return failureResponse(c, admitted.failure);

  const asked: AskedRun = {
    ...{ ...asking, id, request, quote, keep: admitted.keep },
    requestId: c.var.requestId ?? null,
  };
  return answerEnqueued(c, parts, await enqueueWithAudit(c, asked, parts));
}

async function enqueueWithAudit(
  c: HostedContext,
  asked: AskedRun,
  parts: HostedRouteParts,
): Promise<Enqueued> {
  const { provider, model, credentials } = asked.quote;
  try {
    return await parts.audit.transact(async (trx, record) => {
      const made = await enqueue(trx, asked, parts);
      if (made.kind === 'queued')
        await record(
          whoToEvent(c, {
            ...{ action: 'run.start', outcome: 'ok', subject: made.row.id, provider, model },
            ...(credentials === 'stored' && { detail: { credentials } }),
          }),
        );
      return made;
    });
  } catch (error) {
    if (error instanceof NoBudget) return { kind: 'no_budget' };
    throw error;
  }
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
    case 'other_request':
      return failureResponse(c, {
        code: 'conflict',
        message: 'This Idempotency-Key was used for another request. Take a new one.',
      });
    case 'too_many': {
      const message = `You have ${parts.maxOpen} runs waiting or running already. Wait for one, or cancel one.`;
      return failureResponse(c, { code: 'rate_limited', message, retryAfterSeconds: BUSY_SECONDS });
    }
    case 'no_plan':
      return failureResponse(c, {
        code: 'not_found',
        message: 'There is no such plan: it was deleted, or it belongs to another account.',
      });
    case 'plan_changed':
      return failureResponse(c, {
        code: 'conflict',
        message: 'This plan was changed since you saw it. Load it again, and draft that.',
      });
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
