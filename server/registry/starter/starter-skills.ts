import type { Category } from '../../../shared/contract/categories.ts';
import { builtinCatalog } from '../../runs/skill-catalog.ts';
import { AUTOMATE_SPREADSHEET_REPORT } from './skills/automate-spreadsheet-report.ts';
import { CLEAN_CUSTOMER_DATA } from './skills/clean-customer-data.ts';
import { CONNECT_WEBHOOK } from './skills/connect-webhook.ts';
import { EVALUATE_AGENT_ANSWERS } from './skills/evaluate-agent-answers.ts';
import { MATCH_INVOICES } from './skills/match-invoices.ts';
import { PLAN_DATABASE_MIGRATION } from './skills/plan-database-migration.ts';
import { PLAN_HOUSEHOLD_BUDGET } from './skills/plan-household-budget.ts';
import { PLAN_TRIP } from './skills/plan-trip.ts';
import { PLAN_WEEK_MEALS } from './skills/plan-week-meals.ts';
import { PREPARE_INTERVIEW } from './skills/prepare-interview.ts';
import { PRIORITISE_INBOX } from './skills/prioritise-inbox.ts';
import { RESPOND_TO_INCIDENT } from './skills/respond-to-incident.ts';
import { REVIEW_PERMISSIONS } from './skills/review-permissions.ts';
import { SUMMARISE_SOURCES } from './skills/summarise-sources.ts';
import { TRANSLATE_DOCUMENT } from './skills/translate-document.ts';
import { TRIAGE_SUPPORT_TICKET } from './skills/triage-support-ticket.ts';
import { WRITE_HOW_TO_GUIDE } from './skills/write-how-to-guide.ts';
import { WRITE_PRODUCT_COPY } from './skills/write-product-copy.ts';
import { WRITE_RELEASE_NOTES } from './skills/write-release-notes.ts';
import type { StarterSkill } from './starter-skill.ts';

/** Of the skills that runs know without a database. */
const BUILTIN: Readonly<Record<string, readonly Category[]>> = {
  'write-commit-message': ['development'],
  'review-diff': ['development', 'security'],
  'profile-csv': ['research', 'automation'],
  'minutes-from-transcript': ['productivity', 'knowledge'],
  'reply-to-message': ['communication'],
};

/** What a new registry begins with: the skills that runs know anyway, and others over all categories. */
export const STARTER_SKILLS: readonly StarterSkill[] = [
  ...builtinCatalog.snapshot().map(({ name, description, body = '' }) => ({
    ...{ name, description, body },
    categories: BUILTIN[name] ?? ['other'],
  })),
  AUTOMATE_SPREADSHEET_REPORT,
  CLEAN_CUSTOMER_DATA,
  CONNECT_WEBHOOK,
  EVALUATE_AGENT_ANSWERS,
  MATCH_INVOICES,
  PLAN_DATABASE_MIGRATION,
  PLAN_HOUSEHOLD_BUDGET,
  PLAN_TRIP,
  PLAN_WEEK_MEALS,
  PREPARE_INTERVIEW,
  PRIORITISE_INBOX,
  RESPOND_TO_INCIDENT,
  REVIEW_PERMISSIONS,
  SUMMARISE_SOURCES,
  TRANSLATE_DOCUMENT,
  TRIAGE_SUPPORT_TICKET,
  WRITE_HOW_TO_GUIDE,
  WRITE_PRODUCT_COPY,
  WRITE_RELEASE_NOTES,
];
