import type { Selectable } from 'kysely';
import * as z from 'zod/mini';
import {
  type EditPlan,
  origin,
  type PlanSummary,
  type SavedPlan,
  type SavePlan,
  savedPlan,
} from '../../shared/contract/saved-plan.ts';
import type { IntentPlansTable } from './plan-tables.ts';

export type PlanRow = Selectable<IntentPlansTable>;
export type SummaryRow = Pick<
  PlanRow,
  'id' | 'rev' | 'title' | 'goal' | 'outcome' | 'origin' | 'drafts' | 'created_at' | 'updated_at'
>;

const MAX_SUMMARY_GOAL_CHARS = 300;

export const SUMMARY_COLUMNS = [
  'id',
  'rev',
  'title',
  'goal',
  'outcome',
  'origin',
  'drafts',
  'created_at',
  'updated_at',
] as const;

export function rowToSummary(row: SummaryRow): PlanSummary {
  return {
    id: row.id,
    rev: row.rev,
    title: row.title,
    goal: row.goal.slice(0, MAX_SUMMARY_GOAL_CHARS),
    outcome: savedPlan.shape.outcome.parse(row.outcome),
    origin: origin.parse(row.origin),
    drafts: row.drafts,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

export function rowToPlan(row: PlanRow): SavedPlan {
  const { id, rev, title, goal, outcome, usage } = row;
  const times = { createdAt: row.created_at.toISOString(), updatedAt: row.updated_at.toISOString() };
  return z.parse(savedPlan, {
    ...row.content,
    id,
    rev,
    title,
    goal,
    outcome,
    usage,
    origin: row.origin,
    ...times,
  });
}

/** The columns that a plan's content fills. */
export function contentColumns(plan: Omit<SavePlan, 'origin'> & { readonly title: string }) {
  const { intent, drafts, analyses, evals, trials } = plan;
  return {
    title: plan.title,
    content: JSON.stringify({ intent, plan: plan.plan, drafts, analyses, evals, trials }),
    usage: JSON.stringify(plan.usage),
    outcome: plan.outcome,
    drafts: drafts.length,
    search: searchText(plan),
  };
}

export function titleOf(plan: Pick<SavePlan, 'title' | 'plan' | 'goal'>): string {
  const given = plan.title ?? plan.plan?.title ?? '';
  const firstLine = plan.goal.trim().split('\n')[0] ?? '';
  return (given.trim() || firstLine).slice(0, 120);
}

export function merge(saved: SavedPlan, edit: EditPlan): SavedPlan {
  // as: the schema of an edit has the fields of a plan, and JSON has no undefined
  return { ...saved, ...(edit as Partial<SavedPlan>) };
}

function searchText(plan: Omit<SavePlan, 'origin'> & { readonly title: string }): string {
  const names = [
    ...plan.drafts.map((draft) => draft.manifest.name),
    ...(plan.plan?.items.map((item) => item.name) ?? []),
  ];
  return [plan.title, plan.goal, ...new Set(names)].join('\n').toLowerCase();
}
