import * as z from 'zod/mini';
import {
  publishConflict,
  publishDraftList,
  publishState,
  publishWork,
  savedDraft,
} from '../../shared/contract/publish-draft.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import {
  editPlan,
  planConflict,
  planPage,
  planSummary,
  savedPlan,
  savePlan,
} from '../../shared/contract/saved-plan.ts';
import { exportQuery, listQuery } from '../plans/plan-queries.ts';
import { json, type Operation } from './operation.ts';

const deleted = z.object({ undoUntil: z.string() });

/** Saved plans, and what is begun of publishing them. */
export const PLAN_OPERATIONS: readonly Operation[] = [
  {
    ...{ id: 'listPlans', method: 'get', path: ROUTES.plans, tag: 'plans', needs: 'plans:read' },
    summary: 'Saved plans',
    query: listQuery,
    answers: { 200: json('A page of plans', planPage) },
  },
  {
    ...{ id: 'savePlan', method: 'post', path: ROUTES.plans, tag: 'plans', needs: 'session' },
    summary: 'Saves a plan with everything that its run made',
    headers: ['idempotency-key'],
    body: savePlan,
    answers: {
      200: json('It was saved before by the same Idempotency-Key', planSummary),
      201: json('Saved', planSummary),
    },
    failures: ['conflict'],
  },
  {
    ...{ id: 'getPlan', method: 'get', path: ROUTES.plan('{id}'), tag: 'plans', needs: 'plans:read' },
    summary: 'A plan; its ETag goes into the next edit’s If-Match',
    answers: { 200: json('The plan', savedPlan) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'editPlan', method: 'patch', path: ROUTES.plan('{id}'), tag: 'plans', needs: 'session' },
    summary: 'Changes the fields that are sent',
    headers: ['if-match'],
    body: editPlan,
    answers: { 200: json('Changed', planSummary) },
    failures: ['not_found'],
    conflict: planConflict,
  },
  {
    ...{ id: 'deletePlan', method: 'delete', path: ROUTES.plan('{id}'), tag: 'plans', needs: 'session' },
    summary: 'Deletes a plan, which can be brought back for a day',
    answers: { 200: json('Deleted', deleted) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'copyPlan', method: 'post', path: ROUTES.planCopy('{id}'), tag: 'plans', needs: 'session' },
    summary: 'Copies a plan',
    answers: { 201: json('The copy', planSummary) },
    failures: ['not_found', 'conflict'],
  },
  {
    ...{
      id: 'restorePlan',
      method: 'post',
      path: ROUTES.planRestore('{id}'),
      tag: 'plans',
      needs: 'session',
    },
    summary: 'Brings a deleted plan back',
    answers: { 200: json('It is there again', planSummary) },
    failures: ['not_found'],
  },
  {
    ...{
      id: 'exportPlan',
      method: 'get',
      path: ROUTES.planExport('{id}'),
      tag: 'plans',
      needs: 'plans:read',
    },
    summary: 'Downloads a plan',
    query: exportQuery,
    answers: {
      200: {
        description: 'The file',
        media: ['application/zip', 'text/markdown', 'application/json'],
      },
    },
    failures: ['not_found'],
  },
  {
    ...{
      id: 'listPublishDrafts',
      method: 'get',
      path: ROUTES.publishDrafts,
      tag: 'registry',
      needs: 'session',
    },
    summary: 'The plans whose publication was begun',
    answers: { 200: json('Where each stands', publishDraftList) },
  },
  {
    ...{ id: 'getPublishDraft', method: 'get', path: ROUTES.publishDraft('{plan}'), tag: 'registry' },
    needs: 'session',
    summary: 'How far publishing a plan is',
    answers: { 200: json('What is typed so far, and what became of the plan before', publishState) },
    failures: ['not_found'],
  },
  {
    ...{ id: 'savePublishDraft', method: 'put', path: ROUTES.publishDraft('{plan}'), tag: 'registry' },
    needs: 'session',
    summary: 'Saves what is typed so far: If-Match with its ETag, or If-None-Match: * at first',
    headers: ['if-match', 'if-none-match'],
    body: publishWork,
    answers: { 200: json('Saved', savedDraft) },
    failures: ['not_found'],
    conflict: publishConflict,
  },
  {
    ...{ id: 'dropPublishDraft', method: 'delete', path: ROUTES.publishDraft('{plan}'), tag: 'registry' },
    needs: 'session',
    summary: 'Discards what is typed so far',
    answers: { 204: { description: 'Discarded' } },
    failures: ['not_found'],
  },
];
