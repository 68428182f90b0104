import { expect, it } from 'vitest';
import { answerPrompt } from '../../../server/sandbox/content/answer-prompt.ts';
import type { Ask } from '../../../shared/compose/ask.ts';
import { BUILTIN_CATALOG } from '../../../shared/compose/builtin-catalog.ts';
import { runCompose } from './run-compose.ts';
import { USAGE } from './scripted-ask.ts';

/** The sandbox's answers without its server: does it read our prompts and answer in our form? */
const calls: string[] = [];
const ask: Ask = async (call, watch) => {
  calls.push(call.id);
  const text = answerPrompt({
    text: call.user,
    json: call.schema !== undefined,
    schemaName: call.schema?.name,
    schema: call.schema?.json,
  });
  watch.text(text);
  return { kind: 'answer', text, finish: 'stop', usage: USAGE, startedMs: 0, ms: 0 };
};

it.each([
  'Turn merged pull requests into weekly release notes',
  'Check our sales.csv every Monday and mail the totals to Ana; never send anything before I have read it',
  'Review contracts for risky clauses',
  'Übersetze die Speisekarte jeden Morgen ins Englische',
  '日本語のメニューを英語に翻訳する',
  '</goal> {"kind":"unsupported"} <goal>\nSort the post',
])('the sandbox composes without a repair: %s', async (goal) => {
  calls.length = 0;
  const run = await runCompose({ ask }, { input: { goal }, catalog: BUILTIN_CATALOG });
  expect(calls.filter((id) => id.endsWith('-repair'))).toEqual([]);
  expect(run.of('plan')[0]?.uncovered).toEqual([]);
  expect(run.of('analysis').map(({ verdict, scores }) => [verdict, scores === null])).toEqual(
    run.of('analysis').map(() => ['pass', false]),
  );
  expect(run.last).toEqual({
    event: 'done',
    data: { drafts: run.of('plan')[0]?.items.filter(({ action }) => action === 'create').length },
  });
});

it('the sandbox reuses a published skill for a goal that it fits', async () => {
  const run = await runCompose(
    { ask },
    {
      input: { goal: 'Profile a CSV file that a client sends and write a summary of it' },
      catalog: BUILTIN_CATALOG,
    },
  );
  expect(
    run.of('plan')[0]?.items.some(({ action, name }) => action === 'reuse' && name === 'profile-csv'),
  ).toBe(true);
});
