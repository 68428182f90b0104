import type { ModelCall } from '../../../shared/compose/ask.ts';
import { classificationCall } from '../../../shared/compose/prompts/classification.ts';
import { critiqueCall } from '../../../shared/compose/prompts/critique.ts';
import { draftCall } from '../../../shared/compose/prompts/draft.ts';
import { planCall } from '../../../shared/compose/prompts/plan.ts';
import type { Intent, Plan, PlanItem } from '../../../shared/contract/plan.ts';

export const GOAL =
  'Turn merged pull requests into weekly release notes. Never publish before I have read them.';

export const INTENT: Intent = {
  kind: 'bundle',
  summary: 'Turn merged pull requests into weekly release notes',
  capabilities: [{ id: 'c1', need: 'Turn merged pull requests into weekly release notes' }],
  constraints: ['Never publish before I have read them'],
  assumptions: [],
};

export const ITEM: PlanItem = {
  id: 'i1',
  action: 'create',
  name: 'write-weekly-release-notes',
  description: 'Writes weekly release notes. Use when someone asks for them.',
  covers: ['c1'],
  reason: '',
  outline: ['Read everything first', 'Group by audience'],
  allowedTools: [],
};

export const PLAN: Plan = { title: 'Release notes', items: [ITEM], uncovered: [] };

/** The four prompts of the engine about one goal. */
export const CALLS = {
  classification: classificationCall(GOAL),
  plan: planCall(GOAL, INTENT, []),
  draft: draftCall({ goal: GOAL, intent: INTENT, plan: PLAN }, ITEM, 1),
  critique: critiqueCall({ goal: GOAL, intent: INTENT }, ITEM, {
    item: 'i1',
    revision: 1,
    manifest: { name: ITEM.name, description: ITEM.description },
    body: '# Notes\n\n1. Read.',
    digest: '',
  }),
} as const satisfies Record<string, ModelCall>;

/** Bodies as an adapter sends them. */
export function openAiBody(call: ModelCall, more: Record<string, unknown> = {}) {
  return {
    model: 'sandbox-1',
    messages: [
      { role: 'system' as const, content: call.system },
      { role: 'user' as const, content: call.user },
    ],
    max_completion_tokens: call.maxOutputTokens,
    ...(call.schema && {
      response_format: {
        type: 'json_schema' as const,
        json_schema: { name: call.schema.name, strict: true, schema: { ...call.schema.json } },
      },
    }),
    ...more,
  };
}

export function anthropicBody(call: ModelCall) {
  return {
    model: 'sandbox-1',
    max_tokens: call.maxOutputTokens,
    system: call.system,
    messages: [{ role: 'user' as const, content: call.user }],
    ...(call.schema && {
      output_config: { format: { type: 'json_schema' as const, schema: { ...call.schema.json } } },
    }),
  };
}
