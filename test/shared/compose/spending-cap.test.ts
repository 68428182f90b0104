import { describe, expect, it } from 'vitest';
import { estimateTokens } from '../../../shared/compose/calls/estimate-tokens.ts';
import type { PhaseName } from '../../../shared/contract/phase.ts';
import { runCompose } from './run-compose.ts';
import { createScriptedAsk, turn } from './scripted-ask.ts';

const FREE = { inputTokens: 0, outputTokens: 0, costUsd: 0, estimated: false };
const LONG = Array.from(
  { length: 400 },
  (_, line) => `${line + 1}. Write down what the ledger says in this row.\n`,
);

describe('a spending cap', () => {
  it('stops running calls mid-stream and keeps what was finished', async () => {
    const model = createScriptedAsk(({ id }) => ({
      usage: FREE,
      ...(id === 'draft-i3-1' ? { deltas: LONG } : {}),
    }));
    // Ended calls are free here, so that the total is what runs: the third draft, at first beside the second one's critic.
    const tokens = Math.ceil((await largestPrompt('drafting')) + (await largestPrompt('analyzing')) + 300);
    const run = await runCompose(model, { input: { caps: { tokens } }, options: { parallelDrafts: 1 } });

    expect(model.stopped).toContain('draft-i3-1');
    expect(run.of('draft').map(({ item }) => item)).toEqual(['i1', 'i2']);
    expect(run.last).toMatchObject({
      event: 'failed',
      data: { error: { code: 'budget_exhausted', reason: 'cap' } },
    });
    const written = run
      .of('text')
      .filter(({ item }) => item === 'i3')
      .reduce((sum, { delta }) => sum + estimateTokens(delta), 0);
    expect(written).toBeGreaterThan(100);
    expect(written).toBeLessThan(estimateTokens(LONG.join('')) - 1000);
    // It is looked at every 100 estimated tokens, so that it overshoots by about one step.
    const top = Math.max(
      ...run.of('usage').map(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
    );
    expect(top).toBeLessThan(tokens + 130);
    const count = model.calls.length;
    await turn();
    expect(model.calls).toHaveLength(count);
  });

  it('in USD stops by the estimated price and names the limit', async () => {
    const model = createScriptedAsk(({ phase }) => ({
      usage: FREE,
      ...(phase === 'drafting' ? { deltas: LONG } : {}),
    }));
    // Only what is written costs: $1 a thousand tokens.
    const run = await runCompose(model, {
      input: { caps: { costUsd: 0.25 } },
      options: { estimateUsd: (_input, output) => output / 1000 },
    });
    expect(run.of('draft')).toEqual([]);
    expect(model.stopped).toHaveLength(3);
    const { error } = run.of('failed')[0] ?? {};
    expect(error?.message).toContain('$0.25');
    const top = Math.max(...run.of('usage').map(({ costUsd }) => costUsd ?? 0));
    expect(top).toBeGreaterThan(0.25);
    expect(top).toBeLessThan(0.25 + 0.15);
  });

  it('starts no call whose prompt alone goes above it', async () => {
    const model = createScriptedAsk();
    const run = await runCompose(model, { input: { caps: { tokens: 100 } } });
    expect(model.calls).toEqual([]);
    expect(run.last).toMatchObject({
      event: 'failed',
      data: { error: { reason: 'cap', message: expect.stringContaining('100 tokens') } },
    });
  });

  it('does not undo a run that had nothing left to ask', async () => {
    // the last critic's call is the one that goes above, when nothing else runs any more
    const critics = (): number => model.calls.filter(({ phase }) => phase === 'analyzing').length;
    const alone = async (): Promise<void> => {
      while (model.running() > 1 || critics() < 3) await new Promise((turn) => setImmediate(turn));
    };
    const model = createScriptedAsk(({ phase, item }) =>
      phase === 'analyzing' && item === 'i3'
        ? { usage: { ...FREE, outputTokens: 1_000_000 }, until: alone() }
        : { usage: FREE },
    );
    const run = await runCompose(model, { input: { caps: { tokens: 500_000 } } });
    expect(critics()).toBe(3);
    expect(run.last).toEqual({ event: 'done', data: { drafts: 3 } });
  });

  it('in USD is refused at the start for a model without a price', async () => {
    const model = createScriptedAsk();
    const run = await runCompose(model, {
      input: { caps: { costUsd: 1 } },
      options: { estimateUsd: () => null },
    });
    expect(model.calls).toEqual([]);
    expect(run.events).toEqual([
      {
        event: 'failed',
        data: { error: expect.objectContaining({ code: 'invalid_request', field: 'caps.costUsd' }) },
      },
    ]);
  });

  it('shows the total while text streams, marked as estimated', async () => {
    const model = createScriptedAsk(({ id }) => (id === 'draft-i1-1' ? { deltas: LONG } : undefined));
    const run = await runCompose(model);
    const live = run.of('usage').filter(({ estimated }) => estimated);
    expect(live.length).toBeGreaterThan(estimateTokens(LONG.join('')) / 100 - 3);
    expect(run.of('usage').at(-1)?.estimated).toBe(false);
  });
});

/** The estimated tokens of the longest prompt of a phase. */
async function largestPrompt(phase: PhaseName): Promise<number> {
  const model = createScriptedAsk();
  await runCompose(model);
  const calls = model.calls.filter((call) => call.phase === phase);
  return Math.max(...calls.map(({ system, user }) => estimateTokens(system) + estimateTokens(user)));
}
