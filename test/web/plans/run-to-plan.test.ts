import { expect, it } from 'vitest';
import { NO_USAGE } from '../../../shared/contract/usage.ts';
import { runToPlan } from '../../../web/plans/run-to-plan.ts';
import { IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { analysisOf, draftOf, GOAL, INTENT, PLAN } from '../support/fixtures.ts';

const asked = { goal: GOAL, provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'sandbox-1' };
const created = PLAN.items.filter(({ action }) => action === 'create').map(({ id }) => id);
const drafts: RunState['drafts'] = Object.fromEntries(
  created.map((id) => [id, { draft: draftOf(id), analysis: analysisOf(id, { digest: draftOf(id).digest }) }]),
);
const whole: RunState = { ...IDLE, status: 'done', asked, intent: INTENT, plan: PLAN, drafts };

it.each(['cancelled', 'failed', 'cut'] as const)(
  'keeps a whole plan as one that came to its end when a try or a redraft of it is %s',
  (status) => {
    expect(runToPlan({ ...whole, status, earlier: NO_USAGE })?.outcome).toBe('done');
  },
);

it('says of what is missing something how its last run ended', () => {
  const [first = ''] = created;
  const unread = { ...whole, drafts: { ...drafts, [first]: { draft: draftOf(first) } }, earlier: NO_USAGE };
  expect(runToPlan({ ...unread, status: 'failed' })?.outcome).toBe('failed');
  expect(runToPlan({ ...unread, status: 'cut' })?.outcome).toBe('cancelled');
  // stopped by itself, before its end: its receipt says so too
  expect(runToPlan({ ...whole, status: 'cancelled' })?.outcome).toBe('cancelled');
});
