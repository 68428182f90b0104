import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkBundle } from '../../../server/registry/check-bundle.ts';
import { publishBundle } from '../../../shared/contract/registry.ts';
import { makeBundle } from '../../../shared/registry/make-bundle.ts';
import { readEvalFiles } from '../../../shared/skills/read-eval-files.ts';
import { readyBundle } from '../../../web/publish/state/bundle-parts.ts';
import { judgeWork } from '../../../web/publish/state/judge-work.ts';
import { newWork } from '../../../web/publish/state/new-work.ts';
import { makeSigner } from '../../shared/signing/signer.ts';
import { triedPlan } from './work.ts';

test('evals go out with their skill when its author wants that: judged, pinned and signed with it', async () => {
  const plan = triedPlan();
  const of = newWork(plan, []);
  const without = await judgeWork(of, plan);
  const [first, second] = await judgeWork({ ...of, withEvals: true }, plan);
  expect(without[0]?.files.map(({ path }) => path)).toEqual(['SKILL.md']);
  expect(first?.files.map(({ path }) => path)).toEqual([
    ...['SKILL.md', 'evals/evals.json', 'evals/trigger-evals.json', 'evals/files/merged.csv'],
    'evals/trigger-results.json',
  ]);
  expect(second?.files.map(({ path }) => path)).toEqual(['SKILL.md']);
  expect(first?.fault).toBeUndefined();
  expect(first?.contentDigest).not.toBe(without[0]?.contentDigest);
  // names of other skills that were offered are nobody's business
  expect(JSON.stringify(first?.files)).not.toContain('private-skill');
  expect(readEvalFiles(first?.files ?? [])).toMatchObject({
    prompts: [
      { text: 'List what was merged', should: true, loaded: true },
      { text: 'Write a poem', should: false, loaded: null },
    ],
    ...{ tasks: ['Collect these'], expectations: [{ text: 'One line for each.' }] },
    on: { provider: 'acme', model: 'acme-1' },
  });

  const signer = await makeSigner();
  const facts = { work: { ...of, withEvals: true }, judged: [first, second].flatMap((one) => one ?? []) };
  const { parts } = readyBundle({
    ...{ ...facts, pins: new Map(), publisher: 'ada', planId: plan.id, goal: 'g', made: plan },
  });
  const wish = await makeBundle({ ...parts, licence: 'MIT', createdAt: '2026-11-28T10:00:00.000Z' }, signer);
  const checked = await checkBundle(z.parse(publishBundle, wish), 'ada', signer.spki);
  if (!checked.ok) throw new Error(checked.failure.message);
  expect(checked.value.skills[0]?.contentDigest).toBe(first?.contentDigest);
  const zip = unzipSync(checked.value.skills[0]?.archive ?? new Uint8Array());
  for (const { path, content } of first?.files ?? [])
    expect(strFromU8(zip[path] ?? new Uint8Array())).toBe(content);
});

test('what came of trying another text does not go out', async () => {
  const plan = triedPlan();
  const of = newWork(plan, []);
  const edited = {
    ...of,
    withEvals: true,
    skills: of.skills.map((skill) =>
      skill.draft ? { ...skill, draft: { ...skill.draft, body: `${skill.draft.body}\nMore.\n` } } : skill,
    ),
  };
  const [first] = await judgeWork(edited, plan);
  expect(first?.files.map(({ path }) => path)).toContain('evals/trigger-evals.json');
  expect(first?.files.map(({ path }) => path)).not.toContain('evals/trigger-results.json');
});
