import { queryOptions } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { ROUTES } from '../../shared/contract/routes.ts';
import {
  type EditPlan,
  type ExportFormat,
  type PlanPage,
  type PlanSort,
  type PlanSummary,
  planConflict,
  planPage,
  planSummary,
  type SavedPlan,
  type SavePlan,
  savedPlan,
} from '../../shared/contract/saved-plan.ts';
import { ACCOUNT_QUERY } from '../account/me.ts';
import { CallFailed, call, callJson, retryTransient } from '../http/call.ts';
import { download } from '../ui/download.ts';

/** The first part of the identifier of every list of plans. */
export const PLANS_QUERY = [...ACCOUNT_QUERY, 'plans'] as const;

/** One saved plan. Rejects with code `not_found` for plans of others, too. */
export const planQuery = (id: string) =>
  queryOptions({
    queryKey: [...ACCOUNT_QUERY, 'plan', id] as const,
    queryFn: ({ signal }) => callJson(savedPlan, ROUTES.plan(id), { signal }),
    retry: retryTransient,
  });

/** Words that must all occur, and the order of the list. */
export interface PlanSearch {
  readonly q: string;
  readonly sort: PlanSort;
}

const PAGE_PLANS = 30;

/** One page of the list, from `offset` on. The result's `total` says how many there are. */
export function listPlans({ q, sort }: PlanSearch, offset: number, signal: AbortSignal): Promise<PlanPage> {
  const query = new URLSearchParams({
    sort,
    limit: String(PAGE_PLANS),
    offset: String(offset),
    ...(q === '' ? {} : { q }),
  });
  return callJson(planPage, `${ROUTES.plans}?${query}`, { signal });
}

/** The same save sent twice under one `saveId` makes one plan. */
export function postPlan(plan: SavePlan, saveId: string): Promise<PlanSummary> {
  return callJson(planSummary, ROUTES.plans, {
    method: 'POST',
    body: plan,
    headers: { 'idempotency-key': saveId },
  });
}

/** The edit was saved, or the plan had changed meanwhile. */
export type PatchResult =
  | { readonly kind: 'edited'; readonly plan: PlanSummary }
  /** Somebody else was first; `current` is what they made of it. */
  | { readonly kind: 'conflict'; readonly current: SavedPlan };

/** Saves an edit of revision `rev`. Other failures than a conflict reject with `CallFailed`. */
export async function patchPlan(id: string, rev: number, edit: EditPlan): Promise<PatchResult> {
  try {
    const plan = await callJson(planSummary, ROUTES.plan(id), {
      method: 'PATCH',
      body: edit,
      headers: { 'if-match': `"${rev}"` },
    });
    return { kind: 'edited', plan };
  } catch (error) {
    const conflict =
      error instanceof CallFailed && error.failure.code === 'conflict'
        ? z.safeParse(planConflict, error.answer)
        : undefined;
    if (conflict?.success) return { kind: 'conflict', current: conflict.data.current };
    throw error;
  }
}

/** Makes a copy on the server and resolves with its summary. */
export function copyPlan(id: string): Promise<PlanSummary> {
  return callJson(planSummary, ROUTES.planCopy(id), { method: 'POST' });
}

/** Deletes a plan; `restorePlan` brings it back for a while. */
export async function deletePlan(id: string): Promise<void> {
  await call(ROUTES.plan(id), { method: 'DELETE' });
}

/** Undoes `deletePlan`. Rejects with code `not_found` when it is too late. */
export function restorePlan(id: string): Promise<PlanSummary> {
  return callJson(planSummary, ROUTES.planRestore(id), { method: 'POST' });
}

/** Fetched and then handed over, not a link: a failed export would be a file with an error in it. */
export async function exportPlan(id: string, format: ExportFormat): Promise<void> {
  const response = await call(`${ROUTES.planExport(id)}?format=${format}`);
  const name =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? `plan.${format}`;
  download(name, new Uint8Array(await response.arrayBuffer()), response.headers.get('content-type') ?? '');
}
