import { strFromU8, unzipSync } from 'fflate';
import { HttpResponse, http } from 'msw';
import { expect, test } from 'vitest';
import { packRun } from '../../../../web/compose/run/pack-run.ts';
import { applyEvent } from '../../../../web/run/state/apply-event.ts';
import { beginRun } from '../../../../web/run/state/reduce-run.ts';
import { IDLE } from '../../../../web/run/state/run-state.ts';
import { RUN } from '../../support/fixtures.ts';
import { server } from '../../support/server.ts';

const begun = beginRun(IDLE, {
  asked: { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' },
  now: 1000,
  keep: false,
});
const done = RUN.reduce((state, event) => applyEvent(state, event, 2000), begun);
const SKILL = '---\nname: conventional-commits\ndescription: "Writes them."\n---\n# Commits\n';
const PAGE = {
  skill: {
    ...{
      publisher: 'oneturn',
      name: 'conventional-commits',
      version: '1.2.0',
      description: 'd',
      licence: null,
    },
    ...{
      contentDigest: 'sha256:1',
      archiveDigest: 'sha256:2',
      verdict: 'pass',
      findings: [],
      acknowledgement: null,
    },
    files: [],
  },
  ...{ signature: '{"signed":1}', publishedAt: '2026-11-28T00:00:00Z', visibility: 'public', downloads: 0 },
  ...{ bundle: null, versions: ['1.2.0'], usedBy: [] },
  texts: [
    { path: 'SKILL.md', content: SKILL },
    { path: 'scripts/check.mjs', content: 'check();\n' },
  ],
};

test('a ZIP of a run has what its plan reuses, whole and as it was signed', async () => {
  const asked: string[] = [];
  server.use(
    http.get('/v1/skills/oneturn/conventional-commits', ({ request }) => {
      asked.push(new URL(request.url).search);
      return HttpResponse.json(PAGE);
    }),
  );
  const { bytes, missing } = await packRun(done);
  const entries = unzipSync(bytes);
  const text = (path: string) => strFromU8(entries[`conventional-commits/${path}`] ?? new Uint8Array());
  expect(missing).toEqual([]);
  expect(asked).toEqual(['?version=1.2.0']);
  expect([text('SKILL.md'), text('scripts/check.mjs'), text('skill.oms.sig')]).toEqual([
    ...[SKILL, 'check();\n', '{"signed":1}'],
  ]);
});

test.each([
  ['is not given', () => HttpResponse.json({}, { status: 404 })],
  ['cannot be reached', () => HttpResponse.error()],
  [
    'has a path out of its folder',
    () => HttpResponse.json({ ...PAGE, texts: [{ path: '../../x', content: '' }] }),
  ],
])('the drafts are packed without one that %s, and its name is told', async (_what, answer) => {
  server.use(http.get('/v1/skills/oneturn/conventional-commits', answer));
  const { bytes, missing } = await packRun(done);
  expect(missing).toEqual(['conventional-commits']);
  expect(Object.keys(unzipSync(bytes)).length).toBeGreaterThan(0);
  expect(Object.keys(unzipSync(bytes)).filter((path) => !/^[a-z-]+\/SKILL\.md$/.test(path))).toEqual([]);
});
