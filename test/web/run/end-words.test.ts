import { expect, test } from 'vitest';
import { ENGINE_FAILURES } from '../../../shared/compose/calls/engine-failures.ts';
import { endInWords } from '../../../web/run/end-words.ts';
import { IDLE, type RunState } from '../../../web/run/state/run-state.ts';
import { INTENT } from '../support/fixtures.ts';

const failed = (change: Partial<RunState>): RunState => ({ ...IDLE, status: 'failed', ...change });

test('a goal with nothing to write says what is missing, and leads back to the goal', () => {
  const reason = 'It does not say what the agent should do with the photos.';
  const words = endInWords(
    failed({ failure: ENGINE_FAILURES.unsupported, intent: { ...INTENT, kind: 'unsupported', reason } }),
    [],
  );
  expect(words).toMatchObject({ title: 'Nothing to write', step: 'goal' });
  expect(words?.message).toBe(`${reason}\n${ENGINE_FAILURES.unsupported.message}`);
});

test('a goal that is refused says that it will not be planned, and why', () => {
  const reason = 'It is meant to open accounts of others.';
  const words = endInWords(
    failed({ failure: ENGINE_FAILURES.notPlanned, intent: { ...INTENT, kind: 'refused', reason } }),
    [],
  );
  expect(words).toMatchObject({ title: 'This will not be planned', step: 'goal' });
  expect(words?.message).toContain(reason);
});

test('a model that refused one answer is another matter', () => {
  const words = endInWords(failed({ failure: ENGINE_FAILURES.refused, intent: INTENT }), []);
  expect(words).toMatchObject({ title: 'Refused by the model', message: ENGINE_FAILURES.refused.message });
});
