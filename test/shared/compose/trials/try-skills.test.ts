import { describe, expect, it } from 'vitest';
import type { ModelCall } from '../../../../shared/compose/ask.ts';
import { fenced } from '../../../../shared/compose/fence.ts';
import { scoreTrial } from '../../../../shared/compose/trials/score-trial.ts';
import type { SkillEvals, TrialRequest } from '../../../../shared/contract/evals.ts';
import { runCompose } from '../run-compose.ts';
import { createScriptedAsk, type Script } from '../scripted-ask.ts';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function evalsOf(item: string, name: string): SkillEvals {
  return {
    item,
    load: numbers(10).map((n) => `please ${name} ${n}`),
    skip: numbers(10).map((n) => `not ${name} ${n}`),
    task: {
      prompt: 'Do it',
      files: [{ path: 'ledger.csv', content: 'a;b\n' }],
      expectations: [
        { text: 'Names Ines.', contains: ['Ines'] },
        { text: 'Is polite.' },
        { text: 'Has no fine.', absent: ['fine'] },
      ],
    },
  };
}

function request(names: readonly string[], evals = true): TrialRequest {
  return {
    items: names.map((name, index) => ({
      id: `i${index + 1}`,
      name,
      description: `Does ${name}.`,
      body: `# ${name}\n\nDo it.\n`,
      digest: `sha256:${name}`,
      ...(evals && { evals: evalsOf(`i${index + 1}`, name) }),
    })),
    others: [{ name: 'send-mail', description: 'Sends mail.' }],
  };
}

/** A model that loads what a message names, and says so in the form that was asked for. */
function choose(
  call: ModelCall,
  change: (skills: string[], text: string) => string[] = (all) => all,
): Script {
  const messages: { message: number; text: string }[] = JSON.parse(fenced('messages', call.user) ?? '[]');
  const choices = messages.map(({ message, text }) => ({
    message,
    skills: change(text.startsWith('please ') ? [text.split(' ')[1] ?? ''] : [], text),
  }));
  return { deltas: [JSON.stringify({ choices })] };
}

const EVALS = JSON.stringify({
  load: ['Label them', 'Tags please', 'New jars came', 'Label them.'],
  skip: ['Who is late?', 'label them', 'Print addresses', 'What is a label?'],
  task: {
    prompt: 'Label these',
    files: { 'jars/ledger.csv': 'bean;2025', '../../etc/passwd': 'x', 'con.txt': 'y' },
    expectations: ['One line for each jar'],
  },
});

function model(scripts: (call: ModelCall) => Script | undefined = () => undefined) {
  return createScriptedAsk((call) => {
    const scripted = scripts(call);
    if (scripted) return scripted;
    if (call.id.startsWith('choice-')) return choose(call);
    if (call.id.startsWith('evals-')) return { deltas: [EVALS] };
    if (call.id.startsWith('task-')) return { deltas: ['Dear Ines, ', 'thank you.'] };
    if (call.id.startsWith('judge-'))
      return {
        deltas: [
          '{"verdicts":[{"number":1,"evidence":"Dear Ines","passed":true},{"number":2,"evidence":"thank you","passed":true},{"number":3,"evidence":"","passed":true}]}',
        ],
      };
    return undefined;
  });
}

const try_ = (scripted: ReturnType<typeof model>, trial: TrialRequest, rest: object = {}) =>
  runCompose(scripted, { input: { trial, provider: 'acme', model: 'acme-1', ...rest } });

describe('trying skills', () => {
  it('tells of each skill what was loaded for which prompt, and what its task showed', async () => {
    const scripted = model();
    const run = await try_(scripted, request(['write-labels', 'remind-borrowers']));
    expect(run.last).toEqual({ event: 'done', data: { drafts: 0 } });
    // 40 prompts in two batches, two tasks, two judgements; nothing is planned or drafted.
    expect(scripted.calls.map(({ id }) => id).toSorted()).toEqual([
      'choice-1',
      'choice-2',
      'judge-i1',
      'judge-i2',
      'task-i1',
      'task-i2',
    ]);
    const trial = run.of('trial').findLast(({ item }) => item === 'i2');
    expect(trial).toMatchObject({ digest: 'sha256:remind-borrowers', provider: 'acme', model: 'acme-1' });
    expect(scoreTrial(trial ?? fail(), 'remind-borrowers')).toEqual({
      ...{ loaded: 10, shouldLoad: 10, skipped: 10, shouldSkip: 10 },
      ...{ silent: 0, passed: 3, expectations: 3 },
    });
    expect(trial?.task?.answer).toBe('Dear Ines, thank you.\n');
  });

  it('offers siblings, others of the plan and the catalogue, each once, and tells no one of what is expected', async () => {
    const scripted = model();
    await runCompose(scripted, {
      input: { trial: request(['write-labels']) },
      catalog: [
        { owner: 'a', name: 'print-labels', version: '1.0.0', description: 'Prints labels.' },
        { owner: 'b', name: 'write-labels', version: '1.0.0', description: 'Another one.' },
      ],
    });
    const [call] = scripted.calls.filter(({ id }) => id === 'choice-1');
    const offered: { name: string; description: string }[] = JSON.parse(
      fenced('available_skills', call?.user ?? '') ?? '[]',
    );
    expect(offered.map(({ name }) => name).toSorted()).toEqual(['print-labels', 'send-mail', 'write-labels']);
    expect(offered.find(({ name }) => name === 'write-labels')?.description).toBe('Does write-labels.');
    expect(call?.user).not.toMatch(/should/);
  });

  it('counts a sibling that was loaded instead as a miss, and a load too many as wrong', async () => {
    const scripted = model((call) =>
      call.id.startsWith('choice-')
        ? choose(call, (skills, text) =>
            text === 'please write-labels 3'
              ? ['send-mail']
              : text === 'not write-labels 1'
                ? ['write-labels']
                : skills,
          )
        : undefined,
    );
    const run = await try_(scripted, request(['write-labels']));
    expect(scoreTrial(run.of('trial').at(-1) ?? fail(), 'write-labels')).toMatchObject({
      loaded: 9,
      skipped: 9,
    });
  });

  it('writes evals that are missing first, within their bounds', async () => {
    const run = await try_(model(), request(['write-labels'], false));
    const [evals] = run.of('evals');
    expect(evals).toMatchObject({ item: 'i1', load: ['Label them', 'Tags please', 'New jars came'] });
    // what should load the skill is no near miss
    expect(evals?.skip).toEqual(['Who is late?', 'Print addresses', 'What is a label?']);
    expect(evals?.task?.files).toEqual([
      { path: 'ledger.csv', content: 'bean;2025\n' },
      { path: 'passwd', content: 'x\n' },
    ]);
    expect(run.of('trial').at(-1)?.prompts).toHaveLength(6);
  });

  it('keeps what came when a later call fails, and says of which skill something is missing', async () => {
    const failure = { code: 'provider_failed', reason: 'truncated', message: 'Cut off.' } as const;
    const run = await try_(
      model(({ id }) => (id === 'task-i1' ? { failure } : undefined)),
      request(['write-labels', 'remind-borrowers']),
    );
    expect(run.last?.event).toBe('done');
    const [first, second] = ['i1', 'i2'].map((id) => run.of('trial').findLast(({ item }) => item === id));
    expect(first).toMatchObject({ problem: 'Cut off.' });
    expect(first?.prompts.every(({ chosen }) => chosen !== null)).toBe(true);
    expect(first?.task).toBeUndefined();
    expect(second?.task?.verdicts).toHaveLength(3);
    expect(second?.problem).toBeUndefined();
  });

  it('ends as failed where nothing came of anything, and makes no further call after one that would meet them all', async () => {
    const failure = { code: 'key_rejected', message: 'No.' } as const;
    const scripted = model(() => ({ failure, deltas: [] }));
    const run = await try_(scripted, request(['write-labels'], false));
    expect(run.last).toEqual({ event: 'failed', data: { error: failure } });
    expect(scripted.calls.map(({ id }) => id)).toEqual(['evals-i1']);
  });

  it('a cancel stops the calls and keeps what was told', async () => {
    const controller = new AbortController();
    const scripted = model(({ id }) => (id === 'task-i1' ? { until: new Promise(() => {}) } : undefined));
    const run = await runCompose(scripted, {
      input: { trial: request(['write-labels']) },
      options: { signal: controller.signal },
      onEvent: ({ event }) => {
        if (event === 'trial') controller.abort();
      },
    });
    expect(run.last).toEqual({ event: 'cancelled', data: {} });
    expect(scripted.stopped).toEqual(['task-i1']);
    expect(
      run
        .of('trial')
        .at(-1)
        ?.prompts.filter(({ chosen }) => chosen),
    ).toHaveLength(20);
  });

  it('refuses to try and redo in one run', async () => {
    const redraft = {
      intent: {} as never,
      plan: { title: '', items: [], uncovered: [] },
      items: [{ id: 'i1' }],
    };
    const run = await try_(model(), request(['write-labels']), { redraft });
    expect(run.last).toMatchObject({ event: 'failed', data: { error: { code: 'invalid_request' } } });
  });

  it('with `evals` a run writes them after its drafts, and one that fails costs the run nothing else', async () => {
    const scripted = model(({ id }) =>
      id === 'evals-i2' || id === 'evals-i2-repair' ? { deltas: ['no'] } : undefined,
    );
    const run = await runCompose(scripted, { input: { evals: true } });
    expect(
      run
        .of('evals')
        .map(({ item }) => item)
        .toSorted(),
    ).toEqual(['i1', 'i3']);
    expect(run.last).toEqual({ event: 'done', data: { drafts: 3 } });
    const first = scripted.calls.findIndex(({ id }) => id.startsWith('evals-'));
    expect(scripted.calls.slice(first).every(({ id }) => id.startsWith('evals-'))).toBe(true);
    expect(scripted.calls.slice(first).every(({ effort }) => effort === 'low')).toBe(true);
  });
});

function fail(): never {
  throw new Error('there is no trial');
}
