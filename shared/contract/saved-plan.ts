import * as z from 'zod/mini';
import { credentials } from './credentials.ts';
import { skillEvals, trial } from './evals.ts';
import { analysis, draft, intent, MAX_ITEMS, plan } from './plan.ts';
import { goal } from './run-request.ts';
import { usage } from './usage.ts';

export const MAX_PLAN_BYTES = 2_000_000;
export const MAX_TITLE_CHARS = 120;
/** How long a deleted plan can be brought back. */
export const UNDO_HOURS = 24;

/** A plan's name, which its owner may change. Titles need not differ: plans are told apart by id. */
export const planTitle = z.string().check(
  z.refine((text) => text.trim().length > 0, { error: 'Give the plan a title.' }),
  z.maxLength(MAX_TITLE_CHARS, { error: 'The title has more than 120 characters. Shorten it.' }),
);

/** Where a plan came from. Whose credentials paid, never which. */
export const origin = z.object({
  provider: z.string().check(z.maxLength(64)),
  model: z.string().check(z.maxLength(128)),
  credentials,
});
export type Origin = z.infer<typeof origin>;

/** How the run behind a saved plan ended. What it had made until then is in the plan, whatever the outcome. */
export const runOutcome = z.enum(['done', 'failed', 'cancelled']);
export type RunOutcome = z.infer<typeof runOutcome>;

/** What changes when a plan is edited or its run is resumed. */
const content = {
  intent: z.nullable(intent),
  plan: z.nullable(plan),
  drafts: z.array(draft).check(z.maxLength(MAX_ITEMS)),
  analyses: z.array(analysis).check(z.maxLength(MAX_ITEMS)),
  usage,
  outcome: runOutcome,
  /** How the drafts are tried, and what came of it; plans of older versions have neither. */
  evals: z.optional(z.array(skillEvals).check(z.maxLength(MAX_ITEMS))),
  trials: z.optional(z.array(trial).check(z.maxLength(MAX_ITEMS))),
};

/** The title is the plan's, or the beginning of the goal, when none is given. */
export const savePlan = z.strictObject({ title: z.optional(planTitle), goal, ...content, origin });
export type SavePlan = z.infer<typeof savePlan>;

/** An edit. A field that is left out keeps its value. */
export const editPlan = z.partial(z.strictObject({ title: planTitle, ...content }));
export type EditPlan = z.infer<typeof editPlan>;

/** `rev` counts edits, and is the plan's ETag in quotes. */
export const planSummary = z.object({
  id: z.string(),
  rev: z.number(),
  title: z.string(),
  goal: z.string(),
  outcome: runOutcome,
  origin,
  drafts: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type PlanSummary = z.infer<typeof planSummary>;

/**
 * A plan with everything that its run made. `rev` counts its changes; an edit sends it in `If-Match` and is refused with 409 when it is no
 * longer the newest. Times are ISO 8601 in UTC.
 */
export const savedPlan = z.object({
  id: z.string(),
  rev: z.number(),
  title: z.string(),
  goal: z.string(),
  ...content,
  origin,
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type SavedPlan = z.infer<typeof savedPlan>;

/** What the list can be sorted by: last change and creation newest first, title from A to Z. */
export const PLAN_SORTS = ['updated', 'created', 'title'] as const;
export type PlanSort = (typeof PLAN_SORTS)[number];

/** `total` counts what the search found. The goal of a summary is cut after 300 characters. */
export const planPage = z.object({ plans: z.array(planSummary), total: z.number() });
export type PlanPage = z.infer<typeof planPage>;

/** The body of a 409 to an edit: the plan as it is now, to be compared with what was sent. */
export const planConflict = z.object({ current: savedPlan });

/** What a plan can be downloaded as: the skills' folders in a ZIP, one Markdown file to read, or the plan as JSON. */
export const EXPORT_FORMATS = ['zip', 'markdown', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
