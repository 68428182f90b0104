import { expect, test } from 'vitest';
import { createPlannedReader } from '../../../../shared/compose/answers/planned-items.ts';
import { runCompose } from '../run-compose.ts';
import { createScriptedAsk } from '../scripted-ask.ts';

const item = (name: string, more: object = {}) => ({ action: 'create', name, covers: ['c1'], ...more });
const answer = (...items: readonly object[]) =>
  JSON.stringify({ title: 'T', items, uncovered: [{ capability: 'c9' }] });

/** The names that were there after each piece. */
function read(pieces: readonly string[]): readonly (readonly string[])[] {
  const next = createPlannedReader();
  return pieces.map((piece) => next(piece).map(({ name }) => name));
}

test('an item is told as soon as it is whole, once, whatever the pieces are', () => {
  const text = answer(item('a'), item('b', { ref: null }), item('c'));
  const whole = createPlannedReader()(text);
  expect(whole.map(({ index, name }) => [index, name])).toEqual([
    [0, 'a'],
    [1, 'b'],
    [2, 'c'],
  ]);
  for (const size of [1, 3, 7, 64]) {
    const pieces = text.match(new RegExp(`.{1,${size}}`, 'gs')) ?? [];
    expect(read(pieces).flat(), `pieces of ${size}`).toEqual(['a', 'b', 'c']);
  }
  const [begun, rest] = [text.slice(0, text.indexOf('"b"') + 2), text.slice(text.indexOf('"b"') + 2)];
  expect(read([begun, rest])).toEqual([['a'], ['b', 'c']]);
});

test('text around it, braces in texts and what comes behind the list are no items', () => {
  const text = `Here is the plan:\n\`\`\`json\n${answer(item('a', { reason: 'uses {braces} and [lists]' }), item('b'))}`;
  expect(read([text])).toEqual([['a', 'b']]);
});

test('a reused skill says so, and what is no text is left out', () => {
  const [reused, odd] = createPlannedReader()(
    answer(item('a', { action: 'Reuse', covers: ['c1', 2] }), { name: 7, ref: { owner: 'o', name: 'n' } }),
  );
  expect(reused).toEqual({ index: 0, action: 'reuse', name: 'a', covers: ['c1'] });
  expect(odd).toEqual({ index: 1, action: 'reuse', name: '', covers: [] });
});

test('an answer that is no plan, and a hostile one, are nothing', () => {
  expect(read(['I cannot do that. }', '{"items":"none"}'])).toEqual([[], []]);
  const hostile = createPlannedReader();
  hostile('{"items":[{"a":"');
  let told = 0;
  for (let n = 0; n < 60_000; n += 1) told += hostile('}').length;
  expect(told).toBe(0);
});

test('braces before the list are read once each, however many come', () => {
  const next = createPlannedReader();
  for (let n = 0; n < 200_000; n += 1) next('}');
  const names = [...`{}, {"items": [{"name":"a"}`].flatMap((piece) => next(piece).map(({ name }) => name));
  expect(names).toEqual(['a']);
  // Where each brace has all of the text read again, this takes minutes.
}, 30_000);

test('a run tells items of its plan while it is written, before the plan that replaces them', async () => {
  const text = JSON.stringify({
    title: 'Seed library',
    items: [
      {
        action: 'create',
        name: 'write-seed-labels',
        description: 'Writes labels. Use when asked.',
        covers: ['c1'],
        reason: 'r',
        outline: [],
        allowedTools: [],
        ref: null,
      },
      {
        action: 'create',
        name: 'remind-late-returns',
        description: 'Reminds. Use when asked.',
        covers: ['c2'],
        reason: 'r',
        outline: [],
        allowedTools: [],
        ref: null,
      },
    ],
    uncovered: [],
  });
  const cut = text.indexOf('remind-late');
  const scripted = createScriptedAsk((call) =>
    call.id === 'plan' ? { deltas: [text.slice(0, cut), text.slice(cut)] } : undefined,
  );
  const { events, of } = await runCompose(scripted);
  expect(of('planned').map(({ name }) => name)).toEqual(['write-seed-labels', 'remind-late-returns']);
  const names = events.map(({ event }) => event);
  expect(names.lastIndexOf('planned')).toBeLessThan(names.indexOf('plan'));
});
