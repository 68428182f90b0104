import { EVENTS } from '../../shared/contract/events.ts';
import {
  hostedPage,
  hostedRequest,
  hostedRun,
  hostedSummary,
  queuedEvent,
} from '../../shared/contract/hosted.ts';
import { keyCheck, keyCheckRequest } from '../../shared/contract/key-check.ts';
import { envelope } from '../../shared/contract/receipt.ts';
import { reviewAnswer, reviewLeft } from '../../shared/contract/review.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { runRequest } from '../../shared/contract/run-request.ts';
import { json, type Operation } from './operation.ts';

const PROVIDER_FAILURES = ['provider_failed', 'provider_overloaded', 'provider_timeout'] as const;

/** Runs on the key that comes with the request. */
export const BYO_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'runByo', method: 'post', path: ROUTES.byo, tag: 'byo', needs: 'key' },
    summary: 'Composes on the provider key in the header; the answer is the stream of the run’s events',
    headers: ['x-run-id'],
    body: runRequest,
    answers: {
      200: { description: 'The events; the last is done, failed or cancelled', events: EVENTS },
    },
    failures: ['key_rejected', 'conflict', 'rate_limited', 'unavailable', ...PROVIDER_FAILURES],
  },
  {
    ...{ id: 'checkKey', method: 'post', path: ROUTES.byoCheck, tag: 'byo', needs: 'key' },
    summary: 'Asks the provider whether it takes the key, and stores nothing',
    headers: ['x-run-id'],
    body: keyCheckRequest,
    answers: { 200: json('What the provider said', keyCheck) },
    failures: ['conflict', 'rate_limited', 'unavailable'],
  },
  {
    ...{ id: 'answerReview', method: 'post', path: ROUTES.byoPlan('{run}'), tag: 'byo', needs: 'nobody' },
    summary: 'Touches a plan that waits for its user, or sends it back to be drafted',
    body: reviewAnswer,
    answers: { 200: json('How long the run still waits', reviewLeft) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'getReceipt', method: 'get', path: ROUTES.byoReceipt('{run}'), tag: 'byo', needs: 'nobody' },
    summary: 'The signed receipt of a run whose stream is gone, for ten minutes',
    answers: { 200: json('A DSSE envelope', envelope) },
    failures: ['not_found'],
  },
];

/** Runs on the operator's credentials, or on a stored key. */
export const HOSTED_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'startRun', method: 'post', path: ROUTES.hosted, tag: 'hosted', needs: 'runs:write' },
    summary: 'Puts a run into the queue, on what this server offers or on a stored key of the workspace',
    headers: ['idempotency-key'],
    body: hostedRequest,
    answers: { 202: json('It waits, or was asked for before by the same Idempotency-Key', hostedSummary) },
    failures: [
      ...(['not_found', 'conflict', 'rate_limited', 'budget_exhausted', 'unavailable'] as const),
      ...(['key_missing', 'key_rejected'] as const),
    ],
  },
  {
    ...{ id: 'listRuns', method: 'get', path: ROUTES.hosted, tag: 'hosted', needs: 'runs:write' },
    summary: 'The newest runs of the account, and what the day still allows',
    answers: { 200: json('Runs, budget and offer', hostedPage) },
  },
  {
    ...{ id: 'getRun', method: 'get', path: ROUTES.hostedRun('{id}'), tag: 'hosted', needs: 'runs:write' },
    summary: 'The full record of a run',
    answers: { 200: json('The run', hostedRun) },
    failures: ['not_found'],
  },
  {
    ...{
      id: 'cancelRun',
      method: 'delete',
      path: ROUTES.hostedRun('{id}'),
      tag: 'hosted',
      needs: 'runs:write',
    },
    summary: 'Cancels a run',
    answers: { 202: json('The run as it is now', hostedSummary) },
    failures: ['not_found'],
  },
  {
    ...{
      id: 'watchRun',
      method: 'get',
      path: ROUTES.hostedEvents('{id}'),
      tag: 'hosted',
      needs: 'runs:write',
    },
    summary: 'The run’s events, from its beginning or from Last-Event-ID on',
    headers: ['last-event-id'],
    answers: {
      200: {
        description: 'The events of a run, and queued while it waits',
        events: { ...EVENTS, queued: queuedEvent },
      },
    },
    failures: ['not_found', 'rate_limited'],
  },
];
