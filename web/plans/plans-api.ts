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
import { ACCOUNT_KEY } from '../account/account-key.ts';
import { CallFailed, call, callJson } from '../http/call.ts';
import { download } from '../ui/download.ts';

export const PLANS_KEY = [...ACCOUNT_KEY, 'plans'] as const;
export const planKey = (id: string) => [...ACCOUNT_KEY, 'plan', id] as const;

export interface PlanSearch {
  readonly q: string;
  readonly sort: PlanSort;
}

const PAGE_PLANS = 30;

export function listPlans({ q, sort }: PlanSearch, offset: number, signal: AbortSignal): Promise<PlanPage> {
  const query = new URLSearchParams({
    sort,
    limit: String(PAGE_PLANS),
    offset: String(offset),
    ...(q === '' ? {} : { q }),
  });
  return callJson(planPage, `${ROUTES.plans}?${query}`, { signal });
}

export function readPlan(id: string, signal: AbortSignal): Promise<SavedPlan> {
  return callJson(savedPlan, ROUTES.plan(id), { signal });
}

/** `key`: the same save sent twice makes one plan. */
export function postPlan(plan: SavePlan, key: string): Promise<PlanSummary> {
  return callJson(planSummary, ROUTES.plans, {
    method: 'POST',
    body: plan,
    headers: { 'idempotency-key': key },
  });
}

export type Edited =
  | { readonly kind: 'edited'; readonly plan: PlanSummary }
  /** Somebody else was first; `current` is what they made of it. */
  | { readonly kind: 'conflict'; readonly current: SavedPlan };

export async function patchPlan(id: string, rev: number, edit: EditPlan): Promise<Edited> {
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

export function copyPlan(id: string): Promise<PlanSummary> {
  return callJson(planSummary, ROUTES.planCopy(id), { method: 'POST' });
}

export async function deletePlan(id: string): Promise<void> {
  await call(ROUTES.plan(id), { method: 'DELETE' });
}

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
