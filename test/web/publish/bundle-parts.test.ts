import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { checkBundle, gate } from '../../../server/registry/check-bundle.ts';
import type { PublishWork } from '../../../shared/contract/publish-draft.ts';
import { bundleManifest, publishBundle } from '../../../shared/contract/registry.ts';
import { textOf } from '../../../shared/registry/draft-files.ts';
import { makeBundle } from '../../../shared/registry/make-bundle.ts';
import { readyBundle } from '../../../web/publish/state/bundle-parts.ts';
import { changedWork } from '../../../web/publish/state/changed-work.ts';
import { judgeWork } from '../../../web/publish/state/judge-work.ts';
import { newWork, withPlanTexts } from '../../../web/publish/state/new-work.ts';
import { draftFromText } from '../../../web/publish/state/skill-files.ts';
import { makeSigner } from '../../shared/signing/signer.ts';
import { savedPlan } from '../support/account-page.tsx';
import { skillDraft, triedPlan, work, workOf } from './work.ts';

const PIN = {
  name: 'count-beans',
  version: '2.0.0',
  publisher: 'eve',
  contentDigest: `sha256:${'a'.repeat(64)}`,
};
const ready = async (of: PublishWork, pins = new Map([['i9', PIN]])) =>
  readyBundle({
    ...{ work: of, judged: await judgeWork(of, triedPlan()), pins, publisher: 'ada' },
    ...{ planId: '11111111-1111-4111-8111-111111111111', goal: 'A private goal.', made: savedPlan() },
  });

test('the files beside a SKILL.md are judged, pinned and signed with it', async () => {
  const files = [{ path: 'scripts/count.mjs', content: 'console.log(1);\n' }];
  const body = '# Collect\n\n1. Run `node scripts/count.mjs`.\n';
  const of = workOf(skillDraft({ body, files }));
  const [judged] = await judgeWork(of, savedPlan());
  expect(judged).toMatchObject({ verdict: 'pass', findings: [] });
  const signer = await makeSigner();
  const wish = publishBundle.parse(
    await makeBundle({ ...(await ready(of)).parts, createdAt: '2026-11-28T10:00:00.000Z' }, signer),
  );
  expect(wish.skills[0]?.files.map(({ path }) => path)).toEqual(['SKILL.md', 'scripts/count.mjs']);
  const { skills } = bundleManifest.parse(JSON.parse(wish.manifest));
  expect(skills[0]?.contentDigest).toBe(judged?.contentDigest);
  const broken = skillDraft({ body, files: [{ path: 'scripts/count.mjs', content: 'const = 1;\n' }] });
  expect((await judgeWork(workOf(broken), savedPlan()))[0]?.findings).toMatchObject([
    { rule: 'quality.file.syntax', file: 'scripts/count.mjs', line: 1 },
  ]);
});

test('the server takes what the page signs, and finds in it what the page found', async () => {
  const reviewed = skillDraft({
    ...{ name: 'sort-seeds', license: 'MIT', allowedTools: 'Bash(git log:*) Read' },
    body: '# Sort: Zürich 🗝\n\n```sh\nchmod 777 seeds\ngit push --force\ncurl -k https://seeds.example/list\n```',
  });
  const of = workOf(reviewed, skillDraft({ description: 'Says: "use when", and # more. Use when asked.' }));
  const [first] = await judgeWork(of, savedPlan());
  const answered = {
    ...of,
    skills: [
      ...of.skills.map((skill) =>
        skill.item === 'i1'
          ? {
              ...skill,
              acknowledgement: { contentDigest: first?.contentDigest ?? '', text: ' It is our own. ' },
            }
          : skill,
      ),
      { item: 'i9', included: true, draft: null, acknowledgement: null },
    ],
  };
  const signer = await makeSigner();
  const { parts } = await ready(answered);
  const wish = await makeBundle({ ...parts, createdAt: '2026-11-28T10:00:00.000Z' }, signer);
  const checked = await checkBundle(z.parse(publishBundle, wish), 'ada', signer.spki);
  if (!checked.ok) throw new Error(checked.failure.message);
  expect(gate(checked.value)).toBeUndefined();
  expect(
    checked.value.skills.map(({ name, verdict, acknowledgement }) => [name, verdict, acknowledgement]),
  ).toEqual([
    ['sort-seeds', 'review', 'It is our own.'],
    ['collect-prs', 'pass', null],
  ]);
  expect(checked.value.skills[0]?.findings).toEqual(first?.findings);
  expect(checked.value.manifest.skills.at(-1)).toEqual({ ...PIN, source: 'reuse' });
  expect(wish.manifest).not.toContain('private goal');
});

test('a signature is about one state of the bundle: any change of it makes another', async () => {
  const { about } = await ready(work());
  const changes: readonly Partial<PublishWork>[] = [
    { name: 'other' },
    { version: '1.0.1' },
    { description: 'Other.' },
    { licence: 'CC0-1.0' },
    { visibility: 'private' },
    { showGoal: true },
    { withEvals: true },
    { skills: workOf(skillDraft({ body: '# Collect\n\n1. Another step.\n' })).skills },
    { skills: workOf(skillDraft({ license: 'MIT' })).skills },
  ];
  for (const change of changes) expect((await ready(work(change))).about).not.toBe(about);
  // where one is in the wizard changes nothing
  expect((await ready(work({ step: 'publish', planRev: 9 }))).about).toBe(about);
  const goal = await makeBundle(
    { ...(await ready(work({ showGoal: true }))).parts, createdAt: '2026-11-28T10:00:00Z' },
    undefined,
  );
  expect(bundleManifest.parse(JSON.parse(goal.manifest)).goal).toBe('A private goal.');
});

test('begins with the plan’s drafts, after what was published of it, and takes later texts on demand', () => {
  const plan = savedPlan();
  const first = newWork(plan, []);
  expect(first).toMatchObject({ step: 'items', planRev: plan.rev, version: '1.0.0', licence: '' });
  expect(first.name).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  const last = {
    publisher: 'ada',
    name: 'earlier',
    version: '1.2.9',
    publishedAt: '2026-11-28T10:00:00.000Z',
  };
  expect(newWork(plan, [last])).toMatchObject({ name: 'earlier', version: '1.2.10' });

  const [draft] = plan.drafts;
  if (!draft) throw new Error('the plan has a draft');
  const changed = { ...plan, rev: 2, drafts: [{ ...draft, body: '# Other\n' }, ...plan.drafts.slice(1)] };
  const mine = {
    ...first,
    licence: 'MIT',
    skills: first.skills.map((one) => ({ ...one, included: one.item !== 'i2' })),
  };
  const taken = withPlanTexts(mine, changed);
  expect(taken).toMatchObject({ planRev: 2, licence: 'MIT' });
  expect(taken.skills.find(({ item }) => item === 'i2')?.included).toBe(false);
  const parts = changedWork(taken, mine);
  expect(parts.map(({ name }) => name)).toEqual([`${draft.manifest.name}/SKILL.md`]);
  expect(parts[0]?.theirs).toContain('# Other');
});

test('a skill survives its way through its text', () => {
  const draft = skillDraft({
    ...{ license: 'MIT', compatibility: 'git 2.40: or later', allowedTools: 'Bash(git log:*) Read' },
    ...{ metadata: { author: 'ada' }, description: 'Says "no": # and more. Use when: asked.' },
  });
  expect(draftFromText(textOf(draft))).toEqual(draft);
  expect(draftFromText('no front matter')).toBeUndefined();
});

test('how it was made is shown part by part, as its author chooses, and scores say whether the text was edited since', async () => {
  const made = savedPlan();
  const [first] = made.drafts;
  const own = newWork(made, []);
  const parts = async (shows: PublishWork['shows'], of = own) => {
    const facts = {
      work: { ...of, shows },
      judged: await judgeWork(of, savedPlan()),
      pins: new Map(),
      publisher: 'ada',
    };
    return readyBundle({ ...facts, planId: made.id, goal: 'g', made }).parts.provenance;
  };
  expect(await parts([])).toBeUndefined();
  expect(await parts(['origin'])).toEqual({ origin: made.origin });
  expect(await parts(['cost'])).toEqual({ cost: { usd: 0.0065, isEstimate: false } });
  const name = first?.manifest.name;
  expect((await parts(['scores']))?.scores?.[0]).toMatchObject({ skill: name, isEdited: false });
  const [one, ...others] = own.skills;
  if (!one?.draft) throw new Error('the plan has a draft');
  const edited = { ...own, skills: [{ ...one, draft: { ...one.draft, body: '# Other\n' } }, ...others] };
  expect((await parts(['scores'], edited))?.scores?.[0]).toMatchObject({ skill: name, isEdited: true });
});
