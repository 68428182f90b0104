import { expect, it } from 'vitest';
import { jobToPlan } from '../../../server/hosted/job-to-plan.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';

it('keeps the drafts in the order of the plan, whichever came first', () => {
  const { goal, intent, plan, drafts, analyses, ...ended } = finishedPlan();
  const work = { recorded: { intent, plan, drafts: drafts.toReversed(), analyses } };
  // as: of a job these parts matter here
  const job = { request: { goal }, work, ...ended } as unknown as Parameters<typeof jobToPlan>[0];
  expect(jobToPlan(job)?.drafts).toEqual(drafts);
});
