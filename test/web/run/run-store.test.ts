import { expect, test, vi } from 'vitest';
import { applyEvent } from '../../../web/run/state/apply-event.ts';
import { createRunStore } from '../../../web/run/state/run-store.ts';
import { draftOf } from '../support/fixtures.ts';

const ASKED = { goal: 'g', provider: 'sandbox', providerName: 'Sandbox', host: 'h', model: 'm' };

function open() {
  const frames: (() => void)[] = [];
  const store = createRunStore({ now: () => 1000, frame: (flush) => void frames.push(flush) });
  store.begin({ asked: ASKED, keep: false });
  const heard = vi.fn();
  store.subscribe(heard);
  return { store, heard, frames, draw: () => frames.splice(0).forEach((flush) => void flush()) };
}
const text = (delta: string, revision = 1) =>
  ({ event: 'text', data: { item: 'i1', revision, delta } }) as const;

test('a hundred events within a frame are told once', () => {
  const { store, heard, frames, draw } = open();
  store.apply({ event: 'run', data: { id: 'r' } }, applyEvent);
  for (let i = 0; i < 99; i++) store.apply(text(`${i} `), applyEvent);
  expect(heard).not.toHaveBeenCalled();
  expect(frames).toHaveLength(1);
  draw();
  expect(heard).toHaveBeenCalledTimes(1);
  expect(store.get().status).toBe('running');
});

test('text reaches its view once a frame and no listener of the state', () => {
  const { store, heard, draw } = open();
  store.apply(text('a'), applyEvent);
  draw();
  heard.mockClear();
  const view = vi.fn();
  store.feed('i1').subscribe(view);
  expect(view.mock.calls).toEqual([['a', true]]);
  store.apply(text('b'), applyEvent);
  store.apply(text('c'), applyEvent);
  expect(view).toHaveBeenCalledTimes(1);
  draw();
  expect(view.mock.calls.at(-1)).toEqual(['bc', false]);
  expect(heard).not.toHaveBeenCalled();
});

test('a view that comes between two events gets each character once', () => {
  const { store, draw } = open();
  store.apply(text('a'), applyEvent);
  draw();
  store.apply(text('b'), applyEvent);
  let seen = '';
  store.feed('i1').subscribe((piece, restart) => {
    seen = restart ? piece : seen + piece;
  });
  store.apply(text('c'), applyEvent);
  draw();
  expect(seen).toBe('abc');
});

test('a new revision begins its text anew', () => {
  const { store, draw } = open();
  store.apply(text('first'), applyEvent);
  draw();
  const view = vi.fn();
  store.feed('i1').subscribe(view);
  store.apply(text('sec', 2), applyEvent);
  store.apply(text('ond', 2), applyEvent);
  draw();
  expect(view.mock.calls.at(-1)).toEqual(['second', true]);
  expect(store.texts().get('i1')).toBe('second');
});

test('what a person did is shown at once', () => {
  const { store, heard } = open();
  store.end({ kind: 'left' });
  expect(heard).toHaveBeenCalledTimes(1);
  expect(store.get().status).toBe('cancelled');
});

test('the half-written text is kept when the run ends', () => {
  const { store } = open();
  store.apply({ event: 'run', data: { id: 'r' } }, applyEvent);
  store.apply(text('half'), applyEvent);
  store.end({ kind: 'cut' });
  expect(store.get().drafts['i1']?.partial).toBe('half');
});

test('the receipt of another run is not taken', () => {
  const { store } = open();
  store.sent('run-a');
  const envelope = { payloadType: 't', payload: '', signatures: [] };
  store.receipt('run-b', envelope);
  expect(store.get().receipt).toBeUndefined();
  store.receipt('run-a', envelope);
  expect(store.get().receipt).toBe(envelope);
});

test('a redo writes over the text of the run before', () => {
  const { store } = open();
  store.apply(text('old'), applyEvent);
  store.apply({ event: 'draft', data: draftOf('i1') }, applyEvent);
  store.end({ kind: 'cut' });
  store.begin({ asked: ASKED, keep: true });
  expect(store.texts().size).toBe(0);
  expect(store.get().drafts['i1']?.draft).toEqual(draftOf('i1'));
});
