import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { SkillEvals, Trial } from '../../../shared/contract/evals.ts';
import { packTried } from '../../../shared/skills/eval-files.ts';

const EVALS: SkillEvals = {
  item: 'i1',
  load: ['Label the jars'],
  skip: ['Who is late?'],
  task: {
    prompt: 'Label these',
    files: [{ path: 'ledger.csv', content: 'bean\n' }],
    expectations: [{ text: 'One line for each jar.', contains: ['bean'] }, { text: 'No fine.' }],
  },
};
const TRIAL: Trial = {
  ...{ item: 'i1', digest: 'sha256:1', provider: 'acme', model: 'acme-1' },
  prompts: [
    { text: 'Label the jars', should: true, chosen: ['write-labels'] },
    { text: 'Who is late?', should: false, chosen: null },
  ],
  task: {
    answer: 'bean\n',
    verdicts: [
      { text: 'One line for each jar.', passed: true, by: 'judge', why: '“bean”' },
      { text: 'No fine.', passed: null, by: 'judge', why: '' },
    ],
  },
};
const draft = (digest: string) => ({
  ...{ item: 'i1', digest, body: '# Labels\n' },
  manifest: { name: 'write-labels', description: 'Writes labels.' },
});

function files(digest: string): Record<string, string> {
  const reused = { manifest: { name: 'send-mail', description: 'Sends.' }, body: '# Mail\n' };
  const zip = unzipSync(packTried([draft(digest), reused], { evals: [EVALS], trials: [TRIAL] }));
  return Object.fromEntries(Object.entries(zip).map(([path, bytes]) => [path, strFromU8(bytes)]));
}

test('evals lie beside their skill in the files of skill-creator', () => {
  const all = files('sha256:1');
  expect(Object.keys(all).toSorted()).toEqual([
    'send-mail/SKILL.md',
    'write-labels/SKILL.md',
    'write-labels/evals/evals.json',
    'write-labels/evals/files/ledger.csv',
    'write-labels/evals/grading.json',
    'write-labels/evals/trigger-evals.json',
    'write-labels/evals/trigger-results.json',
  ]);
  expect(JSON.parse(all['write-labels/evals/evals.json'] ?? '')).toMatchObject({
    skill_name: 'write-labels',
    evals: [
      {
        id: 1,
        prompt: 'Label these',
        files: ['evals/files/ledger.csv'],
        expectations: ['One line for each jar.', 'No fine.'],
      },
    ],
  });
  expect(JSON.parse(all['write-labels/evals/trigger-evals.json'] ?? '')).toEqual([
    { query: 'Label the jars', should_trigger: true },
    { query: 'Who is late?', should_trigger: false },
  ]);
  expect(JSON.parse(all['write-labels/evals/trigger-results.json'] ?? '').results).toMatchObject([
    { triggered: true, loaded: ['write-labels'] },
    { triggered: null, loaded: null },
  ]);
  expect(JSON.parse(all['write-labels/evals/grading.json'] ?? '').summary).toEqual({
    ...{ passed: 1, failed: 0, total: 2, pass_rate: 0.5 },
  });
});

test('results of another text are not exported with this one', () => {
  expect(Object.keys(files('sha256:2')).filter((path) => /results|grading/.test(path))).toEqual([]);
});
