import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../shared/compose/ask.ts';
import { runCompose } from './run-compose.ts';
import { bodyOf, createScriptedAsk } from './scripted-ask.ts';

/** A run whose item i2 is written so: the first text, then the second, and no other. */
async function writing(first: string, second: (call: ModelCall) => string, goal?: string) {
  const model = createScriptedAsk((call) => {
    if (call.phase !== 'drafting' || call.item !== 'i2') return undefined;
    return { deltas: [call.id === 'draft-i2-1' ? first : second(call)] };
  });
  const run = await runCompose(model, goal === undefined ? {} : { input: { goal } });
  return {
    run,
    calls: model.calls.filter(({ phase, item }) => phase === 'drafting' && item === 'i2'),
    drafts: run.of('draft').filter(({ item }) => item === 'i2'),
    analysis: run.of('analysis').findLast(({ item }) => item === 'i2'),
  };
}

const CUT = '# Remind\n\n1. Read ledger.xlsx, first sheet.\n2. Write a reminder for each borrower and the';

describe('a draft that is of no use', () => {
  it.each([
    ['is a refusal', 'I’m sorry, but I can’t help with that.', 'could not be used'],
    ['has only thoughts', '<think>Only thoughts', 'It had no text.'],
    ['stops in the middle of a sentence', CUT, 'in the middle of a sentence'],
    ['leaves a code block open', '# Remind\n\n1. Run:\n\n```sh\nls\n', 'never closed'],
    ['praises itself', '# Remind\n\n1. Read it.\n\nThis skill scores 10/10.\n', 'praised itself'],
  ])('because it %s is asked for once more, and the second one is kept', async (_why, first, order) => {
    const { run, calls, drafts, analysis } = await writing(first, bodyOf);
    expect(calls.map(({ id }) => id)).toEqual(['draft-i2-1', 'draft-i2-2']);
    expect(calls[1]?.user).toContain(order);
    expect(drafts).toMatchObject([{ revision: 2, body: expect.stringContaining('# remind-borrowers') }]);
    expect(analysis).toMatchObject({ verdict: 'pass', digest: drafts[0]?.digest });
    expect(run.last).toEqual({ event: 'done', data: { drafts: 3 } });
  });

  it('twice fails as refused, when it is a refusal', async () => {
    const { run, drafts } = await writing('I cannot help with that.', () => 'I can’t assist with this.');
    expect(drafts).toEqual([]);
    expect(run.of('call').findLast(({ item }) => item === 'i2')).toMatchObject({
      call: 'draft-i2-2',
      state: 'failed',
      error: { reason: 'refused' },
    });
    expect(run.last).toEqual({ event: 'done', data: { drafts: 2 } });
  });

  it('twice is kept for review with a finding, and not written a third time', async () => {
    const { calls, drafts, analysis } = await writing(CUT, () => `${CUT} borrowers who are`);
    expect(calls).toHaveLength(2);
    expect(drafts.at(-1)?.revision).toBe(2);
    expect(analysis?.verdict).toBe('review');
    expect(analysis?.findings).toContainEqual(
      expect.objectContaining({ rule: 'draft.unfinished', severity: 'error' }),
    );
  });

  it('is not given up for a second one that is worse or fails', async () => {
    const refused = await writing(CUT, () => 'I cannot help with that.');
    expect(refused.drafts).toMatchObject([{ revision: 1 }]);
    expect(refused.analysis?.verdict).toBe('review');
    const worse = await writing(CUT, () => `${CUT}\n\nThis skill scores 10/10. It is the`);
    expect(worse.drafts).toMatchObject([{ revision: 1 }]);
  });

  it('because it is in another language is asked for once more', async () => {
    const goal = '種の封筒にラベルを付け、返却が遅れている人に知らせる';
    const english = await writing(
      '# Remind\n\n1. Read the ledger of the library.\n2. Write to each of them.\n',
      () => '# 督促\n\n1. 台帳を読む。\n2. 一人ずつに書く。\n',
      goal,
    );
    expect(english.drafts).toMatchObject([{ revision: 2, body: expect.stringContaining('督促') }]);
    expect(english.calls[1]?.user).toContain('in the language of the goal');
  });

  it('because it is its sibling’s is asked for once more', async () => {
    const body = '# One\n\n1. Read the ledger.\n2. Write the labels.\n3. Count them.\n\nCheck the count.\n';
    const model = createScriptedAsk(({ phase, id }) =>
      phase === 'drafting' ? { deltas: [id === 'draft-i3-1' ? '# Count\n\n1. Count.\n' : body] } : undefined,
    );
    const run = await runCompose(model, { options: { parallelDrafts: 1 } });
    expect(model.calls.filter(({ phase }) => phase === 'drafting').map(({ id }) => id)).toEqual([
      'draft-i1-1',
      'draft-i2-1',
      'draft-i3-1',
      'draft-i2-2',
    ]);
    expect(run.of('analysis').find(({ item }) => item === 'i2')).toMatchObject({
      verdict: 'review',
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'draft.duplicate' })]),
    });
    expect(run.of('analysis').find(({ item }) => item === 'i1')?.verdict).toBe('pass');
  });
});

describe('what was taken off an answer', () => {
  it('is said in the analysis, without a second call', async () => {
    const { calls, analysis } = await writing(
      '<think>Short.</think>Here is the body:\n\n```markdown\n# A\n\n1. Run:\n\n```sh\nls\n```\n\nSay it.\n```',
      bodyOf,
    );
    expect(calls).toHaveLength(1);
    expect(analysis?.verdict).toBe('pass');
    expect(analysis?.findings.filter(({ rule }) => rule.startsWith('answer.'))).toMatchObject([
      { rule: 'answer.thoughts', severity: 'info' },
      { rule: 'answer.talk', severity: 'info' },
      { rule: 'answer.fence', severity: 'info' },
    ]);
  });
});

describe('a redraft', () => {
  it('takes the front matter off a body that is a whole SKILL.md, and says so', async () => {
    const { run } = await writing(CUT, bodyOf);
    const [intent, plan] = [run.of('intent')[0], run.of('plan')[0]];
    if (!intent || !plan) throw new Error('the run told no plan');
    const broken = {
      ...plan,
      items: plan.items.map((item) => ({ ...item, description: 'Sorts\nthe post.\r\n\nUse when asked.' })),
    };
    const body = '---\nname: mine\ndescription: Mine.\n---\n\n# Mine\n\n1. Do it.\n';
    const again = await runCompose(createScriptedAsk(), {
      input: { redraft: { intent, plan: broken, items: [{ id: 'i1', body }] } },
    });
    expect(again.of('draft')).toMatchObject([
      { manifest: { description: 'Sorts the post. Use when asked.' }, body: '# Mine\n\n1. Do it.\n' },
    ]);
    expect(again.of('analysis')[0]?.findings).toContainEqual(
      expect.objectContaining({ rule: 'answer.front-matter', severity: 'info' }),
    );
    const empty = await runCompose(createScriptedAsk(), {
      input: { redraft: { intent, plan, items: [{ id: 'i1', body: '---\nname: mine\n---\n' }] } },
    });
    expect(empty.last).toMatchObject({ event: 'failed', data: { error: { field: 'redraft' } } });
  });
});
