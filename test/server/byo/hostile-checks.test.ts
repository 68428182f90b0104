import { describe, expect, test } from 'vitest';
import { keyCheck } from '../../../shared/contract/key-check.ts';
import { ROUTES } from '../../../shared/contract/routes.ts';
import { byoServer } from './support/byo-server.ts';
import type { RunAnswer } from './support/live-run.ts';
import { PROVIDER_NAMES, PROVIDERS } from './support/provider-bodies.ts';

/** Keys that only the server can judge: our own clients would not have sent these. */
const byo = byoServer();

function expectRefused({ status, failure }: RunAnswer): void {
  expect({ status, code: failure?.code }).toEqual({ status: 422, code: 'key_malformed' });
  expect(byo.sandbox.journal).toEqual([]);
}

describe('a check of a key', () => {
  const check = async (provider: keyof typeof PROVIDERS) => {
    const run = await byo.open({ ...PROVIDERS[provider].body, goal: undefined }, { path: ROUTES.byoCheck });
    const { status, text, headers } = await run.answer();
    return { status, headers, text, run: run.run };
  };

  test.each(PROVIDER_NAMES)(
    'at %s asks little, then perhaps for its models, with the key in headers alone',
    async (provider) => {
      byo.takeKey(PROVIDERS[provider].prefix);
      const { status, headers, text, run } = await check(provider);
      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'cache-control': 'no-store, no-transform', 'x-run-id': run });
      const { verdict } = keyCheck.parse(JSON.parse(text));
      expect(['works', 'no_access']).toContain(verdict);
      const [, ...more] = byo.sandbox.journal;
      expect(more.length).toBeLessThanOrEqual(1);
      for (const { method, body } of more) expect({ method, body }).toEqual({ method: 'GET', body: '' });
      const { max_tokens: few, max_completion_tokens: alsoFew } = JSON.parse(
        byo.sandbox.journal[0]?.body || '{}',
      );
      expect(few ?? alsoFew ?? 0).toBeLessThanOrEqual(16);
      expect(byo.lineOf(run)).toMatchObject({ msg: 'byo check', provider, verdict });
    },
  );

  test.each([
    ['azure-401', 'rejected'],
    ['openai-429-quota', 'no_credit'],
    ['openai-403', 'no_access'],
    ['azure-429', 'works'],
    ['openai-500', 'unknown'],
    ['html-200', 'unknown'],
  ] as const)('that is answered with %s says %s, once', async (fault, verdict) => {
    byo.takeKey('');
    byo.sandbox.script([{ fault }]);
    const { text, status } = await check('azure');
    expect({ status, verdict: keyCheck.parse(JSON.parse(text)).verdict }).toEqual({ status: 200, verdict });
    expect(byo.sandbox.journal).toHaveLength(1);
  });

  test('that is not answered says nothing of the key', async () => {
    byo.takeKey('');
    byo.sandbox.script([{ stop: { how: 'reset', after: 'nothing' } }]);
    expect(keyCheck.parse(JSON.parse((await check('azure')).text)).verdict).toBe('unknown');
  });

  test('of another provider’s key sends nothing', async () => {
    byo.takeKey('sk-proj-');
    const run = await byo.open({ goal: undefined }, { path: ROUTES.byoCheck, plain: true });
    expectRefused(await run.answer());
    expect(byo.lineOf(run.run)).toMatchObject({
      msg: 'byo check refused',
      status: 422,
      reason: 'wrong_provider',
    });
  });

  test('takes no goal, and its request no field of a run', async () => {
    const run = await byo.open({}, { path: ROUTES.byoCheck });
    expect(await run.answer()).toMatchObject({ status: 422, failure: { field: 'goal' } });
  });
});
