import { expect, it, test } from 'vitest';
import { priceUsd } from '../../../server/providers/prices.ts';
import { answerPrompt } from '../../../server/sandbox/content/answer-prompt.ts';
import { countTokens } from '../../../server/sandbox/tokens.ts';
import type { Ask, ModelCall } from '../../../shared/compose/ask.ts';
import { createFirstAlone } from '../../../shared/compose/calls/first-alone.ts';
import { createLimit } from '../../../shared/compose/calls/limit-parallel.ts';
import { vendorById } from '../../../shared/providers/catalogue.ts';
import { keepsShared, markedParts } from '../../../shared/providers/prompt-cache.ts';
import type { Vendor } from '../../../shared/providers/vendor.ts';
import { runCompose } from './run-compose.ts';
import { USAGE } from './scripted-ask.ts';

const GOAL =
  'Sort the referrals in our inbox, answer each referring doctor, book the first free slot in slots.csv, remind patients two days before, print the list of the day for the front desk, and report waiting times each month. Never send anything before Dr. Amari has read it.';
const MODEL = 'claude-sonnet-5';
const SHARING: ModelCall = {
  id: 'draft-i1-1',
  phase: 'drafting',
  system: 'Write.',
  user: 'shared, and its own',
  sharedChars: 6,
  maxOutputTokens: 100,
};

function vendor(id: string): Vendor {
  const found = vendorById(id);
  if (!found) throw new Error(`no vendor ${id}`);
  return found;
}
const ANTHROPIC = vendor('anthropic');

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Bill {
  readonly calls: ModelCall[];
  readonly order: string[];
  usd: number;
  keptTokens: number;
}

/** The sandbox's, with a sixth thing to do, since it finds five at most. */
function answerOf({ user, schema }: ModelCall): string {
  const text = answerPrompt({
    text: user,
    json: schema !== undefined,
    schemaName: schema?.name,
    schema: schema?.json,
  });
  if (schema?.name !== 'classification' || !user.includes(GOAL)) return text;
  const intent = JSON.parse(text);
  const sixth = { id: 'c6', need: 'Print the list of the day for the front desk' };
  return JSON.stringify({ ...intent, capabilities: [...intent.capabilities, sixth] });
}

/** The sandbox's answers, billed as the vendor does: a beginning that is kept can be read once the answer that left it has begun. */
function billed(marks: (call: ModelCall) => readonly [string, string] | undefined): { ask: Ask; bill: Bill } {
  const kept = new Set<string>();
  const bill: Bill = { calls: [], order: [], usd: 0, keptTokens: 0 };
  const ask: Ask = async (call, watch) => {
    bill.calls.push(call);
    bill.order.push(`asked ${call.id}`);
    const schema = JSON.stringify(call.schema?.json ?? '');
    const parts = marks(call);
    const beginning = parts ? `${schema}${call.system}${parts[0]}` : '';
    const found = kept.has(beginning);
    await turn();
    const text = answerOf(call);
    bill.order.push(`begun ${call.id}`);
    watch.begun?.();
    if (beginning !== '') kept.add(beginning);
    watch.text(text);
    await turn();
    const tokens = countTokens(beginning);
    const usage = {
      inputTokens: countTokens(`${schema}${call.system}${call.user}`),
      outputTokens: countTokens(text),
      ...(found ? { cachedTokens: tokens } : { cacheWriteTokens: tokens }),
    };
    if (found) bill.keptTokens += tokens;
    bill.usd += priceUsd(ANTHROPIC, MODEL, usage) ?? Number.NaN;
    return { kind: 'answer', text, finish: 'stop', usage: USAGE, startedMs: 0, ms: 0 };
  };
  return { ask, bill };
}

it('six skills cost less where the vendor keeps what their prompts share', async () => {
  const plain = billed(() => undefined);
  const run = await runCompose(plain, { input: { goal: GOAL } });
  const drafts = run.of('plan')[0]?.items.filter(({ action }) => action === 'create').length;
  expect(drafts).toBe(6);

  const kept = billed((call) => markedParts(ANTHROPIC, MODEL, call));
  await runCompose(kept, {
    input: { goal: GOAL },
    options: { keepsShared: (call) => keepsShared(ANTHROPIC, MODEL, call) },
  });
  expect(kept.bill.keptTokens).toBeGreaterThan(5 * 1024);
  expect(kept.bill.usd / plain.bill.usd).toBeLessThan(0.82);

  // Marked, but asked for all at once: each pays for leaving what no other one finds.
  const herd = billed((call) => markedParts(ANTHROPIC, MODEL, call));
  await runCompose(herd, { input: { goal: GOAL } });
  expect(herd.bill.usd).toBeGreaterThan(kept.bill.usd);
});

it.each(['draft', 'critic'])('the first %s is asked for alone until it begins', async (phase) => {
  const { ask, bill } = billed(() => undefined);
  await runCompose({ ask }, { input: { goal: GOAL }, options: { keepsShared: () => true } });
  const [first = '', second, third] = bill.order.filter((line) => line.includes(` ${phase}-`));
  expect(first).toMatch(/^asked /);
  expect(second).toBe(first.replace('asked', 'begun'));
  expect(third).toMatch(/^asked /);
});

test('one draft alone shares nothing', async () => {
  const { ask, bill } = billed(() => undefined);
  await runCompose({ ask }, { input: { goal: 'write one skill that lists files' } });
  expect(bill.calls.some(({ id }) => id === 'draft-i1-1')).toBe(true);
  expect(bill.calls.filter(({ sharedChars }) => sharedChars !== undefined)).toEqual([]);
});

test('a call that fails before it begins lets the others go on', async () => {
  const alone = createFirstAlone(() => true);
  const first = alone(SHARING, () => Promise.reject(new Error('gone')));
  const others = [alone(SHARING, async () => 'a'), alone(SHARING, async () => 'b')];
  await expect(first).rejects.toThrow('gone');
  expect(await Promise.all(others)).toEqual(['a', 'b']);
});

test('a call waits for none that begins otherwise', async () => {
  const alone = createFirstAlone(({ sharedChars }) => sharedChars !== undefined);
  const first = alone(SHARING, () => new Promise<never>(() => {}));
  const { sharedChars: _, ...unshared } = SHARING;
  expect(await alone({ ...SHARING, user: 'x' }, async () => 'other')).toBe('other');
  expect(await alone({ ...SHARING, system: 'x' }, async () => 'other')).toBe('other');
  expect(await alone(unshared, async () => 'other')).toBe('other');
  const order: string[] = [];
  void alone({ ...SHARING, user: 'shared, and more' }, async () => order.push('same'));
  await turn();
  expect([order, first]).toEqual([[], expect.any(Promise)]);
});

test('no more jobs run at once than there are lanes', async () => {
  const lane = createLimit(2);
  let most = 0;
  let running = 0;
  const job = (): Promise<void> => {
    running += 1;
    most = Math.max(most, running);
    return turn().then(() => {
      running -= 1;
    });
  };
  await Promise.all([1, 2, 3, 4, 5].map(() => lane(job)));
  expect(most).toBe(2);
});
