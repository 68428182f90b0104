import { expect, test } from 'vitest';
import { MAX_BODY_BYTES } from '../../../shared/contract/run-limits.ts';
import { missingOf, redoRequest } from '../../../web/run/state/missing.ts';
import { IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { analysisOf, draftOf, INTENT, PLAN } from '../support/fixtures.ts';

const BASE = { goal: 'g', provider: 'sandbox', model: 'sandbox-1' };
const withDrafts = (drafts: RunState['drafts']): RunState => ({
  ...IDLE,
  status: 'cancelled',
  intent: INTENT,
  plan: PLAN,
  drafts,
});

test('nothing is missing when every new item is written and scored', () => {
  const state = withDrafts({
    i1: { draft: draftOf('i1'), analysis: analysisOf('i1') },
    i2: { draft: draftOf('i2'), analysis: analysisOf('i2') },
  });
  expect(missingOf(state)).toEqual([]);
  expect(redoRequest(BASE, state)).toBeUndefined();
});

test('an unwritten item is asked for without a body, an unscored one with it, a reused one not at all', () => {
  const redo = redoRequest(BASE, withDrafts({ i1: { draft: draftOf('i1') }, i2: { partial: 'half' } }));
  expect(redo?.request).toEqual({
    ...BASE,
    redraft: { intent: INTENT, plan: PLAN, items: [{ id: 'i1', body: draftOf('i1').body }, { id: 'i2' }] },
  });
});

test('a draft whose critic gave no scores, or that changed since, lacks its analysis', () => {
  expect(
    missingOf(withDrafts({ i1: { draft: draftOf('i1'), analysis: analysisOf('i1', { scores: null }) } }))[0],
  ).toMatchObject({
    what: 'analysis',
  });
  expect(
    missingOf(
      withDrafts({ i1: { draft: draftOf('i1'), analysis: analysisOf('i1', { digest: 'sha256:old' }) } }),
    )[0],
  ).toMatchObject({
    what: 'analysis',
  });
});

test('bodies are left out, longest first, until the request fits', () => {
  const long = 'ä'.repeat(MAX_BODY_BYTES / 3);
  const redo = redoRequest(
    BASE,
    withDrafts({
      i1: { draft: draftOf('i1', { body: long }) },
      i2: { draft: draftOf('i2', { body: 'short' }) },
    }),
  );
  expect(redo?.rewritten).toEqual([]);
  const both = redoRequest(
    BASE,
    withDrafts({
      i1: { draft: draftOf('i1', { body: long }) },
      i2: { draft: draftOf('i2', { body: `${long}x` }) },
    }),
  );
  expect(both?.rewritten).toEqual(['i2']);
  expect(new TextEncoder().encode(JSON.stringify(both?.request)).length).toBeLessThanOrEqual(MAX_BODY_BYTES);
});

test('a plan that is over the limit by itself cannot be redone', () => {
  expect(redoRequest({ ...BASE, goal: '漢'.repeat(20_000) }, withDrafts({ i1: {} }))?.request).toBeDefined();
  expect(redoRequest({ ...BASE, goal: '漢'.repeat(400_000) }, withDrafts({ i1: {} }))).toBeUndefined();
});

test('without a plan there is nothing to go on with', () => {
  expect(redoRequest(BASE, { ...IDLE, status: 'failed', intent: INTENT })).toBeUndefined();
});
