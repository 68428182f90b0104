import { expect, test } from 'vitest';
import { triedSkills } from '../../../server/registry/try/tried-skills.ts';
import { finishedPlan } from '../plans/plan-fixture.ts';

test('what a client asks for again is packed once, until its text changes', () => {
  const plan = finishedPlan();
  const [first] = triedSkills(plan, null).skills;
  expect(first?.archive.byteLength).toBeGreaterThan(100);
  expect(triedSkills(plan, null).skills[0]?.archive).toBe(first?.archive);

  const drafts = plan.drafts?.map((draft) => ({ ...draft, body: `${draft.body}\nOne more step.\n` }));
  const [changed] = triedSkills({ ...plan, drafts }, null).skills;
  expect(changed?.name).toBe(first?.name);
  expect(changed?.digest).not.toBe(first?.digest);
});
